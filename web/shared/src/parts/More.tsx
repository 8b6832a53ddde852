import classes from './More.module.css';

/** What is read only when it is asked for. */
export function More({ summary, children }: { summary: string; children: React.ReactNode }) {
  return (
    <details className={classes.more}>
      <summary>{summary}</summary>
      {children}
    </details>
  );
}
