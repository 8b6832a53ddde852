/** A part of the program did not come: there is no connection, or the server has another version by now. */
export class NotLoaded extends Error {
  constructor() {
    super('a part of the program did not load');
  }
}

/** Loads a part of the program; NotLoaded if it does not come. */
export const loading =
  <Part>(load: () => Promise<Part>) =>
  (): Promise<Part> =>
    load().catch(() => {
      throw new NotLoaded();
    });
