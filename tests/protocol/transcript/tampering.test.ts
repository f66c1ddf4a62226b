import { describeTampering } from './tampering.ts';

describeTampering(41);
