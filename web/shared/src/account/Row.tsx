import { Icon, type IconName } from '../parts/Icon';

interface Props {
  icon: IconName;
  title: React.ReactNode;
  detail?: React.ReactNode;
  /** A state, or an act. */
  mark?: React.ReactNode;
  /** Whether a touch leads on. */
  leads?: boolean;
}

/** One thing in a list: what it is, how it stands, and whether a touch leads on. */
export function Row({ icon, title, detail, mark, leads = false }: Props) {
  return (
    <span className="row">
      <span className="row-icon">
        <Icon name={icon} size={22} />
      </span>
      <span className="row-words">
        <span className="row-title">{title}</span>
        {detail && <span className="row-detail">{detail}</span>}
        {mark && <span className="row-mark">{mark}</span>}
      </span>
      {leads && <Icon name="chevronRight" />}
    </span>
  );
}
