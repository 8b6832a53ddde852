import { EnvironmentBanner, type Environment } from '@factordesk/shared';
import { Paper } from '@mantine/core';
import { Brand } from './Brand';
import classes from './Door.module.css';

interface Props {
  environment: Environment;
  /** Whose door it is. */
  name: string;
  /** Stands beside the name. */
  aside?: React.ReactNode;
  children: React.ReactNode;
}

/** What stands around a page before the shell does: whose it is, and one panel. */
export function Door({ environment, name, aside, children }: Props) {
  return (
    <>
      <EnvironmentBanner environment={environment} />
      <main className={classes.door}>
        <div className={classes.head}>
          <Brand name={name} />
          {aside}
        </div>
        <Paper className={`panel ${classes.panel}`}>{children}</Paper>
      </main>
    </>
  );
}
