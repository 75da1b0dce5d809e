/** What is listened on, and which settings say so. */
interface Listening {
  readonly host: string;
  readonly port: number;
  readonly portSetting: string;
  readonly hostSetting: string;
}

/** Why nobody can be listened to there, in one line that says what helps; another error as it is. */
export function listeningFault(error: NodeJS.ErrnoException, at: Listening): Error {
  const said = (text: string): Error =>
    Object.assign(new Error(text, { cause: error }), { code: error.code });
  switch (error.code) {
    case 'EADDRINUSE':
      return said(`port ${at.port} is in use: stop what uses it, or choose another with ${at.portSetting}`);
    case 'EACCES':
      return said(
        `port ${at.port} may not be opened by this user: choose one above 1023 with ${at.portSetting}`,
      );
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
    case 'EADDRNOTAVAIL':
      return said(`${at.host} is no address of this computer: choose one with ${at.hostSetting}`);
    default:
      return error;
  }
}
