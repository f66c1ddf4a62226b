import picocolors from 'picocolors';

const { NO_COLOR, FORCE_COLOR } = process.env;
const asked = FORCE_COLOR !== undefined && FORCE_COLOR !== '' && FORCE_COLOR !== '0';

/**
 * Colours of what the commands print: where standard output is a terminal or FORCE_COLOR asks for them, and never where NO_COLOR
 * is set. What picocolors itself decides would also colour the plain logs of a machine that sets CI.
 */
export const colours = picocolors.createColors(
  !NO_COLOR && (asked || (process.stdout.isTTY === true && process.env.TERM !== 'dumb')),
);
