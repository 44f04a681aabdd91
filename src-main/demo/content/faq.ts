/** Help pages of the demo desk. */
export const faqSample: readonly { title: string; url: string; words: string; language: string | null }[] = [
  { title: 'Your Zip router restarts by itself', url: 'https://help.acme.example/zip-restarts', words: 'reboots restarts every night firmware lamps log', language: 'en' },
  { title: 'What the lamps of the Zip mean', url: 'https://help.acme.example/zip-lamps', words: 'blinks orange red light lamp router', language: 'en' },
  { title: 'Why the bill went up', url: 'https://help.acme.example/bill', words: 'invoice charged twice price euros bill', language: 'en' },
  { title: 'Outages in your street right now', url: 'https://status.acme.example', words: 'outage no internet down line', language: null },
  { title: 'Send a router back', url: 'https://help.acme.example/returns', words: 'return parcel refund device', language: 'en' },
  { title: 'राउटर की बत्तियों का मतलब', url: 'https://help.acme.example/hi/zip-lamps', words: 'बत्ती लाल नारंगी राउटर चमक', language: 'hi' },
];
