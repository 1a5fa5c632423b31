import OutlinedInput from '@mui/material/OutlinedInput';
import Switch from '@mui/material/Switch';
import type { ReactNode } from 'react';
import { Field } from '../../components/field.tsx';
import { CONNECTION_COLORS } from '../../components/theme/tokens.ts';
import { OptionForm } from '../../forms/option-form.tsx';
import { ADDRESS_LINE } from '../../forms/option-layout.ts';
import { text } from '../../text/text.ts';
import { withProduction } from './draft.ts';
import { LoginLine } from './login-line.tsx';
import { OPTION_PLACES, optionErrors, PATHS } from './option-places.ts';
import { TlsSection } from './tls-section.tsx';
import { TunnelSection } from './tunnel-section.tsx';
import { UrlBox } from './url-box.tsx';
import type { ConnectionForm } from './use-connection-form.ts';

/** The fields of a connection; those of its options are made from what the product says of them. */
export function ConnectionFields({ form }: { readonly form: ConnectionForm }): ReactNode {
  const { adapter, draft, set } = form;
  const errors = optionErrors(form);
  const main = adapter.fields.filter(({ property }) => !(property in OPTION_PLACES));
  return (
    <div className="connection-fields">
      {form.saved === null ? <UrlBox form={form} /> : null}
      <Identity form={form} error={errors['name']} />
      <OptionForm
        fields={main}
        texts={draft.texts}
        onChange={(property, value) => set({ texts: { ...draft.texts, [property]: value } })}
        errors={errors}
        lines={[ADDRESS_LINE]}
        paths={PATHS}
      />
      <LoginLine form={form} errors={errors} />
      <TlsSection form={form} errors={errors} />
      {adapter.traits['network'] === true ? <TunnelSection form={form} errors={errors} /> : null}
    </div>
  );
}

const COLORS = Object.keys(CONNECTION_COLORS) as (keyof typeof CONNECTION_COLORS)[];

function Identity({ form, error }: { readonly form: ConnectionForm; readonly error: ReactNode }): ReactNode {
  const { draft, set, replace, saved } = form;
  return (
    <div className="form-line" style={{ gridTemplateColumns: '1fr 172px 148px' }}>
      <Field label={text.connections.name} error={error} hint={saved === null ? undefined : text.connections.nameFixed}>
        {({ id, describedBy }) => (
          <OutlinedInput
            id={id}
            autoFocus={saved === null}
            value={draft.name}
            readOnly={saved !== null}
            error={error !== undefined}
            inputProps={{ 'aria-describedby': describedBy, spellCheck: false, autoComplete: 'off' }}
            onChange={(event) => set({ name: event.target.value })}
          />
        )}
      </Field>
      <div className="field">
        <span className="field-label" id="connection-color">
          {text.connections.color}
        </span>
        <span className="color-choice" role="group" aria-labelledby="connection-color">
          {COLORS.map((color) => (
            <button
              key={color}
              type="button"
              aria-label={text.connections.colors[color]}
              title={text.connections.colors[color]}
              aria-pressed={color === draft.color}
              style={{ background: CONNECTION_COLORS[color] }}
              onClick={() => set({ color, colorIsChosen: true })}
            />
          ))}
        </span>
      </div>
      <Field label={text.connections.production}>
        {({ id }) => (
          <label className="row" style={{ height: 28 }}>
            <Switch
              checked={draft.production}
              slotProps={{ input: { id, 'aria-label': text.connections.production } }}
              onChange={(_event, production) => replace(withProduction(draft, production))}
            />
            <span className="no-wrap">{text.connections.productionMeans}</span>
          </label>
        )}
      </Field>
    </div>
  );
}
