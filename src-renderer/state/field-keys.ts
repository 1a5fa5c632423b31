/** What a browser does by itself with the text of a field. */
const EDITING = new Set(['mod+z', 'mod+shift+z', 'mod+y']);
const TEXTUAL = new Set(['text', 'search', 'url', 'tel', 'email', 'password', 'number']);

interface Editable {
  readonly tagName?: string;
  readonly type?: string;
  readonly readOnly?: boolean;
  readonly isContentEditable?: boolean;
}

/** Whether these keys are the field's in which they are pressed: undo takes back what was typed there, and no step of a plan. */
export function isOfField(keys: string, pressedIn: Editable | null): boolean {
  return EDITING.has(keys) && pressedIn !== null && isText(pressedIn);
}

function isText({ tagName = '', type = 'text', readOnly, isContentEditable }: Editable): boolean {
  if (isContentEditable === true) return true;
  if (readOnly === true) return false;
  return tagName === 'TEXTAREA' || (tagName === 'INPUT' && TEXTUAL.has(type));
}
