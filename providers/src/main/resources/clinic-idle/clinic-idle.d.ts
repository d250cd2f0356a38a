/** What the server knows about the session's idle time, as `/realms/{realm}/clinic-sessions/v1/me/activity` answers it. */
export interface IdleAnswer {
  /** When the session ends unless somebody does something: ISO-8601, by the server's clock. */
  idleExpiresAt: string;
  /** The same in milliseconds from the answer on; count from this, for the browser's clock may be wrong. */
  idleExpiresInMillis: number;
  /** How long nobody may be there, in seconds. */
  idleTimeoutSeconds: number;
  /** Which rule says so, for instance `clinic rule`. */
  timeoutReason: string;
  /** The shortest time between two reports of one browser, in seconds. */
  reportSeconds: number;
}

/**
 * Why the page is to show nothing any more:
 * `idle` nobody was there; `ended` the session was ended otherwise; `offline` the time is over as far as is known, and the
 * server cannot be asked; `user` somebody has chosen *Sign out* in the warning, so that the application has yet to end the
 * session.
 */
export type SignOutReason = "idle" | "ended" | "offline" | "user";

/** What a warning offers. */
export interface WarningActions {
  /** Reports that somebody is there, at once; closes the warning in all tabs when the server has heard it. */
  stay(): Promise<void>;
  /** Signs out in all tabs with the reason `user`. */
  signOut(): void;
}

/** The texts of the guard's own dialog. Left out: English, German or Arabic, by the page's `lang`; else English. */
export interface DialogTexts {
  title?: string;
  text?: string;
  stay?: string;
  signOut?: string;
}

export interface IdleGuardOptions {
  /** Where Keycloak is, for instance `https://id.clinic.example`; with its path, where it has one. */
  keycloakUrl: string;
  realm: string;
  /**
   * An access token, asked for before every request.
   *
   * @param fresh true when the server has just refused the last one: refresh it whatever its age
   * @returns nothing when there is none to be had any more, which counts as signed out; rejects when it cannot be had now
   */
  getToken(fresh: boolean): string | null | undefined | Promise<string | null | undefined>;
  /** How long before the end to warn; 60 if left out, at least 20 (WCAG 2.2.1), at most half of the limit. */
  warnSeconds?: number;
  /**
   * Shows the warning instead of the guard's own dialog. Called each second while it is up, and with null when it is over.
   */
  onWarning?(secondsLeft: number | null, actions: WarningActions): void;
  /** Takes away what the page shows; called once in every tab. If left out the page is loaded again. */
  onSignOut?(reason: SignOutReason): void | Promise<void>;
  /** Told of every answer, also of those that other tabs got. */
  onUpdate?(answer: IdleAnswer): void;
  texts?: DialogTexts;
}

export interface IdleGuard extends WarningActions {
  /** Ends the guard and leaves everything as it is. */
  stop(): void;
  /** Until the session ends, as far as is known now; undefined before the first answer. */
  secondsLeft(): number | undefined;
}

/** Begins at once. A second guard for the same realm in one page takes the place of the first. */
export function startIdleGuard(options: IdleGuardOptions): IdleGuard;
