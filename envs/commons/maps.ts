/**
 * The orchard of commons harvest: @ wall, A a place for an apple, P where players begin.
 *
 * Source: eugenevinitsky/sequential_social_dilemma_games 0207821, social_dilemmas/maps.py (MIT).
 */
export const harvestMap = [
  '@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@',
  '@ P   P      A    P AAAAA    P  A P  @',
  '@  P     A P AA    P    AAA    A  A  @',
  '@     A AAA  AAA    A    A AA AAAA   @',
  '@ A  AAA A    A  A AAA  A  A   A A   @',
  '@AAA  A A    A  AAA A  AAA        A P@',
  '@ A A  AAA  AAA  A A    A AA   AA AA @',
  '@  A A  AAA    A A  AAA    AAA  A    @',
  '@   AAA  A      AAA  A    AAAA       @',
  '@ P  A       A  A AAA    A  A      P @',
  '@A  AAA  A  A  AAA A    AAAA     P   @',
  '@    A A   AAA  A A      A AA   A  P @',
  '@     AAA   A A  AAA      AA   AAA P @',
  '@ A    A     AAA  A  P          A    @',
  '@       P     A         P  P P     P @',
  '@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@',
] as const;

/**
 * River and orchard of clean-up: H waste at first, R river, S stream that is never fouled, B a place for an apple.
 *
 * Source: as above.
 */
export const cleanUpMap = [
  '@@@@@@@@@@@@@@@@@@',
  '@RRRRRR     BBBBB@',
  '@HHHHHH      BBBB@',
  '@RRRRRR     BBBBB@',
  '@RRRRR  P    BBBB@',
  '@RRRRR    P BBBBB@',
  '@HHHHH       BBBB@',
  '@RRRRR      BBBBB@',
  '@HHHHHHSSSSSSBBBB@',
  '@HHHHHHSSSSSSBBBB@',
  '@RRRRR   P P BBBB@',
  '@HHHHH   P  BBBBB@',
  '@RRRRRR    P BBBB@',
  '@HHHHHH P   BBBBB@',
  '@RRRRR       BBBB@',
  '@HHHH    P  BBBBB@',
  '@RRRRR       BBBB@',
  '@HHHHH  P P BBBBB@',
  '@RRRRR       BBBB@',
  '@HHHH       BBBBB@',
  '@RRRRR       BBBB@',
  '@HHHHH      BBBBB@',
  '@RRRRR       BBBB@',
  '@HHHH       BBBBB@',
  '@@@@@@@@@@@@@@@@@@',
] as const;
