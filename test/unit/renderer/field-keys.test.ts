import { describe, expect, it } from 'vitest';
import { isOfField } from '../../../src-renderer/state/field-keys.ts';

describe('keys pressed in a field', () => {
  it.each([
    ['a text field', { tagName: 'INPUT', type: 'text' }],
    ['a search field', { tagName: 'INPUT', type: 'search' }],
    ['a text of several lines', { tagName: 'TEXTAREA', type: 'textarea' }],
    ['a page part that is edited', { tagName: 'DIV', isContentEditable: true }],
  ])('undo and redo in %s are its own', (_what, field) => {
    for (const keys of ['mod+z', 'mod+shift+z', 'mod+y']) expect(isOfField(keys, field)).toBe(true);
    for (const keys of ['mod+k', 'mod+enter', 'f1']) expect(isOfField(keys, field)).toBe(false);
  });

  it.each([
    ['nothing', null],
    ['a button', { tagName: 'BUTTON', type: 'button' }],
    ['a tick', { tagName: 'INPUT', type: 'checkbox' }],
    ['a field that only shows', { tagName: 'INPUT', type: 'text', readOnly: true }],
  ])('undo in %s is the plan’s', (_what, field) => expect(isOfField('mod+z', field)).toBe(false));
});
