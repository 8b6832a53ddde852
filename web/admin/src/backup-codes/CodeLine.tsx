import { StatusMark } from '@factordesk/shared';
import { Button } from '@mantine/core';
import { useId } from 'react';
import classes from './Codes.module.css';
import { spell } from './spelling';

interface Props {
  code: string;
  number: number;
  /** The code is the one that is read out now. */
  reading: boolean;
  onRead(): void;
}

/** One code, and how to read it out. */
export function CodeLine({ code, number, reading, onRead }: Props) {
  const spelled = useId();
  return (
    <li className={classes.line} data-reading={reading || undefined}>
      <div className={classes.head}>
        <span className={classes.number} aria-hidden>
          {number}
        </span>
        <code className={classes.code}>{code}</code>
        {reading && <StatusMark tone="busy">Reading this one</StatusMark>}
        <Button
          size="xs"
          variant="default"
          className={classes.read}
          aria-expanded={reading}
          aria-controls={spelled}
          aria-label={reading ? `Close code ${number}` : `Read out code ${number}`}
          onClick={onRead}
        >
          {reading ? 'Close' : 'Read out'}
        </Button>
      </div>
      <div id={spelled} hidden={!reading} className={classes.groups}>
        {reading &&
          spell(code).map((group, place) => (
            <ul key={place} className={classes.group} aria-label={`Group ${place + 1} of 3`}>
              {group.map(({ character, word }, at) => (
                <li key={at}>
                  <span className={classes.character}>{character}</span> {word}
                </li>
              ))}
            </ul>
          ))}
      </div>
    </li>
  );
}
