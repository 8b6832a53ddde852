import { getDefaultZIndex, Modal, type ModalProps } from '@mantine/core';
import { useFocusBack } from '../parts/useFocusBack';
import { usePlace } from './stack';

interface Props extends Pick<ModalProps, 'title' | 'size' | 'centered' | 'children'> {
  /** Left out where the dialog is there only while it is open. */
  opened?: boolean;
  onClose(): void;
}

/**
 * A dialog, and the only one of both clients: it opens on top of those that are open, which wait beneath it, out of
 * reach, until it is closed. Then the focus goes back to where it was.
 */
export function Dialog({ opened = true, children, ...props }: Props) {
  const { below, above } = usePlace(opened);
  useFocusBack(opened);
  return (
    <Modal
      {...props}
      opened={opened}
      zIndex={getDefaultZIndex('modal') + below}
      inert={above > 0}
      closeOnEscape={above === 0}
      returnFocus={false}
      __handledEscapeEvents={escapes}
    >
      <div ref={firstField}>{children}</div>
    </Modal>
  );
}

/** Names the first field of a dialog for the focus, unless the dialog names something itself; the first is the way out. */
function firstField(body: HTMLElement | null): void {
  if (!body || body.querySelector('[data-autofocus]')) return;
  const fields = [...body.querySelectorAll<HTMLInputElement>('input:not([type=hidden]), textarea, select')];
  const field = fields[0]?.type === 'radio' ? (fields.find((f) => f.checked) ?? fields[0]) : fields[0];
  field?.setAttribute('data-autofocus', '');
}

/** The presses of Escape that have closed a dialog: the one below it is on top by the time it hears of the same press. */
const escapes = new WeakSet<KeyboardEvent>();
