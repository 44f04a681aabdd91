import { useEffect, useState } from 'react';
import { Siren } from 'lucide-react';
import type { Incident } from '../../../src-preload/contract/index.ts';
import { ask } from '../../bridge.ts';
import { t } from '../../locales/index.ts';
import { newestIds } from '../../state/merge.ts';
import { setState, useApp } from '../../state/store.ts';

/** What this customer is part of right now, above every way to answer. */
export function IncidentBanner({ conversationId }: { conversationId: string }) {
  const row = useApp((state) => state.conversations[conversationId]);
  const newest = useApp((state) => newestIds(state.timelines[conversationId]).at(-1));
  const [incident, setIncident] = useState<Incident | null>(null);
  // A row that was pushed is another object: that is how a closed incident is noticed.
  useEffect(() => {
    let isOld = false;
    void ask('incident.here', { conversationId }).then((answer) => { if (!isOld && answer.ok) setIncident(answer.value.incident); });
    return () => { isOld = true; };
  }, [conversationId, newest, row]);
  if (incident === null) return null;
  return (
    <div className="incident-banner" role="status" data-test="incident-banner">
      <Siren size={14} aria-hidden="true" /><strong dir="auto">{incident.title}</strong><span>{t('incident.others', { count: incident.reported })}</span>
      <span className="spacer" />
      <button type="button" className="text-button" onClick={() => setState({ dialog: { type: 'incidents', incidentId: incident.id } })} data-action="incident.open">{t('incident.show')}</button>
    </div>
  );
}
