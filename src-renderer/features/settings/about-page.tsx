import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { SectionHead } from '../../components/section-head.tsx';
import { ErrorState, LoadingState } from '../../components/states.tsx';
import { useFacts } from '../../rpc/core-context.tsx';
import { text } from '../../text/text.ts';
import { PageHead } from './page-head.tsx';

const { settings: words } = text;

/** Which Waybill this is, and under which licences its parts are. */
export function AboutPage(): ReactNode {
  const { version } = useFacts();
  return (
    <>
      <PageHead title={words.pages.about} what={words.what.about} />
      <div className="settings-form">
        <dl className="facts">
          <dt>{words.version}</dt>
          <dd className="figures">Waybill {version}</dd>
          <dt>{words.licence}</dt>
          <dd>{words.licenceName}</dd>
        </dl>
      </div>
      <SectionHead title={words.licencesTitle} over />
      <Licences />
    </>
  );
}

/** The text that the bundler writes of the packages it took. */
function Licences(): ReactNode {
  const { data, error, refetch } = useQuery({
    queryKey: ['licences'],
    queryFn: async ({ signal }) => {
      const answer = await fetch('./licences.txt', { signal });
      if (!answer.ok) throw new Error(`licences.txt: ${answer.status}`);
      return answer.text();
    },
  });
  if (error !== null) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (data === undefined) return <LoadingState what={words.licencesReading} />;
  return (
    <pre className="code licences" tabIndex={0} aria-label={words.licencesTitle}>
      {data}
    </pre>
  );
}
