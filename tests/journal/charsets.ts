/** Texts to break and mend, in our own words: a few sentences such as stories hold, in many languages. */

export const RUSSIAN =
  'Название: Тихий дом. Жанр: драма, ангст. Она вернулась поздно вечером и долго стояла у окна: «Ещё один день», — сказала она.';
export const UKRAINIAN =
  'Вона повернулася додому пізно ввечері й довго стояла біля вікна. Її дії були дивні, як і події того дня.';
export const FRENCH =
  'Résumé : un été à l’île, « le café est fermé », dit-elle. Ça alors… Où est passée la clé du grenier ?';
export const GERMAN = 'Über die Straße lief er, „groß“ und müde; die Äpfel fielen. Am Ende des Flurs stand: „Spaß…“';
export const SPANISH = '¿Dónde está el niño? «Está…», dijo María con el corazón en la mano. ¡Qué vergüenza, señor!';
export const ENGLISH = '“Don’t,” she said — “not yet…” And the café was closed; he’d been naïve.';
export const JAPANESE = '彼女は夜遅く家に帰り、長い間「窓」のそばに立っていた。そしてカーテンを閉めた。';

/** Right text in languages whose letters and marks look like what a wrong conversion leaves. */
export const RIGHT_TEXTS: Record<string, string> = {
  english: ENGLISH,
  russian: RUSSIAN,
  ukrainian: UKRAINIAN,
  french: FRENCH,
  'french with no-break spaces':
    'Il dit\u00a0: «\u00a0le café\u00a0», puis «\u00a0voilà\u00a0»… C’était l’été\u00a0! À\u00a0demain, ô\u00a0ciel. «\u00a0TÉLÉ\u00a0»',
  german: GERMAN,
  spanish: SPANISH,
  'spanish in quotes': '«Ya está»… «¿Aquí?»— «mamá»” y «bebé»…',
  'spanish in capitals': '«¿QUÉ?» «AQUÍ…» ESPAÑA® CAFÉ™ «ALLÁ»',
  portuguese: 'A manhã… «manhã», disse a irmã—“maçã”. NÃO! A LIÇÃO DA MANHÃ… “IRMÃ” «IRMÃ» MANHÃ— ÂNGULO',
  romanian: 'El coborâ… „coborî”, zise. ÎNTÂI, „Â” și Â din a. Așa e în viață, „hotărâ”…',
  vietnamese: 'Cô ấy về nhà muộn… “Ừ,” anh nói. CÔ ẤY ĐÃ… “ĐÃ” VỀ. Ngày mai sẽ khác, “Â”',
  czech: 'Příliš žluťoučký kůň… „Vrátila se?“ NEJBLÍŽE VÝŠ „NÍŽE“ ÁŠ',
  polish: 'Wróciła do domu późno „wieczorem”… ŻÓŁĆ, gęślą jaźń. «WIEM»',
  hungarian: 'Későn ért haza… „Ő?” — árvíztűrő tükörfúrógép. „KÉŐ”',
  icelandic: 'Hún kom heim seint… „Það,“ sagði hún. „VIÐ“ ÞAÐ… ÆÐ— Ég á það ekki',
  turkish: 'Eve geç döndü… “Şaşırdı” — üzüldü. “HÂLÂ” hâlâ…',
  danish: '»Å,« sagde hun… Ved Å… “Å” og “Ø”. ÆØÅ æøå',
  swedish: '”Ö…” Å, ”BLÅ” ”GRÅ” ÅÄÖ åäö ”Ä”',
  finnish: '”Äh…” hän sanoi. ”Älä” – ”ÄLÄ” ”HÄÄ…” ääääh öööö',
  serbian: 'Вратила се кући касно… „Њен,“ рече. „ЊЕГОВ“ ћу, ђак, Сћ',
  belarusian: 'Яна вярнулася позна… «Ў» і «ў», кажа. СІРІЯ і СЁ',
  'ukrainian in capitals': '«СІРІ ДІЇ» У РІК… РІ СІ РЄ, вії, дії, мої, її',
  bulgarian: 'Тя се прибра късно вечерта… «Рас», «Рим», «Сто», «Ре…»',
  'russian with lists': 'А» Б» В» Г» Р» С» «В\u00a0лесу» В\u00a02005 году, С… с… Р… «СССР»… 5 «В» и 6 «Г» класс, СИ™',
  greek: 'Γύρισε σπίτι αργά… «Όχι», είπε. ΤΟ ΒΡΑΔΥ',
  hebrew: 'היא חזרה הביתה מאוחר… "לא", אמרה. שָׁלוֹם',
  arabic: 'عادت إلى البيت متأخرة… «لا»، قالت.',
  thai: 'เธอกลับบ้านดึก…',
  japanese: JAPANESE,
  chinese: '她晚上很晚才回家，「不」，她说……',
  korean: '그녀는 밤늦게 집에 돌아와… “아니”라고 말했다.',
  signs: '3×½ = 1½; 20 °C, £5, §4, © 2004, ®, ™, 5€, ±1, «¿?» ★ ☆ ♥ ~*~ ½× ƒ © • · …»',
  'single letters': 'Â Ã â à. "Â" (Ã) [â] Ä Å Ð Ñ, a letter Ã, a letter Â.',
};
