import { describeTampering } from '../protocol/transcript/tampering.ts';

// All of it: every record, every field, every place.
describeTampering(1);
