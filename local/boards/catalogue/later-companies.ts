import type { BoardName } from '../../../domain/board.js';
import type { Row } from './company-rows.js';

const us = 'United States';
const uk = 'United Kingdom';
const de = 'Germany';

/** The employers of the boards that were added later, by board. */
export const later: Record<BoardName, Row[]> = {
  recruitee: [
    ['wattwerk', 'Wattwerk', 'making', `${de}, Netherlands`, 'turns basements into small power stations'],
    [
      'tulipsoft',
      'Tulipsoft',
      'software',
      `Netherlands, ${uk}`,
      'schedules the shifts of half the Netherlands',
    ],
    ['canalhouse', 'Canalhouse', 'agency', 'Netherlands', 'writes for museums and the people who avoid them'],
    ['veloroute', 'Veloroute', 'retail', `${de}, France`, 'rents bicycles by the month'],
    [
      'lingonberry',
      'Lingonberry Learning',
      'learning',
      'Sweden, Poland',
      'teaches languages at the kitchen table',
    ],
  ],

  smartrecruiters: [
    ['AtlasGrocers', 'Atlas Grocers', 'retail', `France, Spain, ${de}`, 'runs two thousand corner shops'],
    ['MontclairGames', 'Montclair Games', 'software', 'Canada, France', 'makes games that take ten years'],
    ['SilverlineBank', 'Silverline Bank', 'finance', `${us}, India, Singapore`, 'clears payments by night'],
    [
      'HelixHospitals',
      'Helix Hospitals',
      'health',
      `${us}, Canada`,
      'runs forty hospitals under one roof of care',
    ],
    ['KontorGruppe', 'Kontor Gruppe', 'making', `${de}, Poland`, 'builds lifts and keeps them going up'],
  ],

  workable: [
    ['embermind', 'Embermind', 'software', `France, ${us}`, 'shares machine learning models with everybody'],
    ['islandferries', 'Island Ferries', 'retail', `Spain, ${uk}`, 'sails to places without a bridge'],
    ['brightsmile', 'Bright Smile', 'health', `${uk}, Ireland`, 'looks after teeth and the fear of it'],
    [
      'acropolis-labs',
      'Acropolis Labs',
      'software',
      `Portugal, ${us}`,
      'tests other people’s software for a living',
    ],
    ['openledger', 'Open Ledger', 'finance', `${uk}, India`, 'keeps books that anybody may read'],
  ],
};
