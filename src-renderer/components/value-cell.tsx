import type { ReactNode } from 'react';
import { visibleParts } from './visible-parts.ts';

/**
 * One value as it is: NULL and the empty string are told apart, and white space at the ends, line breaks, tabs, control
 * and direction characters are drawn where `marks` is set. Digits are never cut here.
 */
export function ValueCell({
  value,
  marks = true,
}: {
  readonly value: string | null;
  readonly marks?: boolean;
}): ReactNode {
  if (value === null) return <span className="data value-null">NULL</span>;
  if (value === '') return <span className="data value-mark">''</span>;
  return (
    <bdi className="data">
      {marks
        ? visibleParts(value).map((part, index) =>
            part.mark ? (
              <span className="value-mark" key={index} title={part.title}>
                {part.text}
              </span>
            ) : (
              part.text
            ),
          )
        : value}
    </bdi>
  );
}
