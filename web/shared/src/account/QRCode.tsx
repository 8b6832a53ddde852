import { useEffect, useRef } from 'react';
import classes from './QRCode.module.css';

/**
 * Draws a picture that came as Base64. It becomes pixels of a canvas, never an address: the page's policy loads no
 * `data:` or `blob:` image, and no cache or history has it.
 */
export function QRCode({ png, label }: { png: string; label: string }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    let gone = false;
    const bytes = Uint8Array.from(atob(png), (c) => c.charCodeAt(0));
    void createImageBitmap(new Blob([bytes], { type: 'image/png' })).then((picture) => {
      const target = canvas.current;
      if (!gone && target) {
        target.width = picture.width;
        target.height = picture.height;
        target.getContext('2d')?.drawImage(picture, 0, 0);
      }
      picture.close();
    });
    return () => {
      gone = true;
    };
  }, [png]);
  return <canvas ref={canvas} role="img" aria-label={label} className={classes.code} />;
}
