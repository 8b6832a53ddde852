import { Paper } from '@mantine/core';
import classes from './PanelPage.module.css';

/** A page of one panel, with nothing around it. */
export function PanelPage({ width = 400, children }: { width?: number; children: React.ReactNode }) {
  return (
    <main className={classes.page}>
      <Paper className="panel" p="xl" w="100%" maw={width}>
        {children}
      </Paper>
    </main>
  );
}
