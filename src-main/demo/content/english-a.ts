import { aside, callIn, callOut, care, dm, i, mail, main, o, type Person } from './types.ts';

/** English-speaking customers whose stories run over several channels. */
export const englishA: Person[] = [
  {
    name: 'Maria Keller', language: 'en', email: 'maria.keller@lindenpost.example', phone: '+44 7700 900123', handle: 'mariakeller_', basis: 'told us',
    vip: 'Runs the residents association of Harbour Row, 140 homes on our fibre; speaks for all of them.', tags: 'fibre;residents', note: 'Prefers a short answer now to a long one tomorrow.',
    signature: 'Maria Keller\nHarbour Row Residents\n+44 7700 900123',
    stories: [
      mail('Fibre works on Harbour Row: which week?',
        i('41d3h', 'Hello,\n\nthe notice in our hallway says the fibre upgrade will happen "in calendar week 19 or 20". Could you tell me which of the two? Three of our neighbours work nights and need to plan around the drilling.\n\nBest,'),
        o('41d1h', 'RB', 'Hello Maria,\n\nit is week 20, Tuesday and Wednesday, between 9 and 15 h. The crew starts at number 2 and goes up. I have asked them to leave the stairwells of the night workers for last; please send me the house numbers and I will pass them on.'),
        i('40d22h', 'That is very kind. Numbers 14, 22 and 23.'),
        o('40d20h', 'RB', 'Noted and confirmed by the crew lead: 14, 22 and 23 come on Wednesday after 13 h.')),
      care(
        i('24d6h', '@acmecare Upgrade done on Harbour Row, and the crew even swept the stairs. Credit where it is due. 👏'),
        o('24d5h', 'RB', 'That made our Friday, Maria. We have read it out to the crew.')),
      callIn('7d2h', 412, 'answered', 'RB', 'promise', 'Evening speeds in 18-23 drop to 20 Mbit/s. Line test shows overloaded splitter. Promised a technician before 19 June and 20 EUR credit for each of the six flats by Friday.'),
      mail('Evening slowdowns, numbers 18 to 23',
        i('6d22h', 'Dear Ruth,\n\nas discussed on the phone, here is the picture of last night\'s measurements. The drop starts at half past seven and ends around eleven, every single day.\n\nSix flats are affected: 18, 19, 20, 21, 22, 23.', { attach: ['speed.png'], bare: true }),
        o('6d19h', 'RB', 'Dear Maria,\n\nthank you, this is exactly what the network team needed. The splitter on your landing is on their list and the technician is booked for Thursday the 18th. The credit of 20 EUR per flat goes out with the same ticket.'),
        i('50m', 'Dear Ruth,\n\nFriday has come and gone and nobody in 18 to 23 has seen the credit of 20 EUR you promised me on the phone. I stood in front of my neighbours and gave them your word, so this is a little embarrassing.\n\nAlso: does Thursday still stand?', { html: true })),
    ],
  },
  {
    name: 'Tom Whitcombe', language: 'en', email: 'tom@whitcombe-joinery.example', phone: '+44 7700 900145', handle: 'tomwhitcombe', basis: 'own signature', tags: 'business;angry',
    note: 'Business line 500. Furious since the May bill; keep to facts and dates.', signature: 'Tom Whitcombe\nWhitcombe Joinery\nm 07700 900145 | @tomwhitcombe',
    stories: [
      mail('WRONG BILL. AGAIN.',
        i('33d4h', 'I have been charged 89.90 for April. My contract says 54.90. This is the second time. Fix it.'),
        o('33d1h', 'DK', 'Hello Mr Whitcombe,\n\nyou are right, the business discount fell off when the contract was renewed in March. I have put it back and you will receive 35.00 EUR with the May invoice.'),
        i('12d6h', 'The May invoice is here. 89.90. No credit. I was told in writing it was fixed. Invoice attached so you cannot say you never saw it.', { attach: ['invoice.txt'] }),
        o('12d3h', 'DK', 'Mr Whitcombe, I am sorry, that must not happen after a written answer. The renewal created a second contract record and my correction went to the old one. I have opened a case with billing (B-20418) and asked for both months, 70.00 EUR, to be paid out to your account instead of being offset.'),
        i('11d23h', 'And when exactly?'),
        o('11d20h', 'DK', 'Billing works on it within five working days, so by 10 June. I will check it myself that morning.'),
        i('5d5h', 'It is 10 June. It is evening. Guess what has not arrived.'),
        o('4d23h', 'DK', 'It has been approved this morning but not yet paid. I do not want to give you another date that may slip, so I have asked the head of billing to confirm the payment run to me in person.'),
        i('4d21h', 'You do not want to give me a date. I run a workshop with six people. If I told a customer "I do not want to give you a date" I would not have a workshop.\n\nHere is where I stand. Since February I have had: one renewal I did not ask for in that form, two wrong invoices, one direct debit that I had my bank return, a dunning letter because I returned it, and nine mails with you people. I have spent roughly eleven hours on this. At my hourly rate that is more than the whole contract costs in a year.\n\nI expect three things. One, the 70 euro on my account. Two, a written statement that the dunning letter is withdrawn and nothing has been reported to any credit agency. Three, the name of a person who has the authority to decide about compensation, not somebody who "asks billing".'),
        o('4d2h', 'DK', 'Mr Whitcombe, two of the three are done: the dunning letter is withdrawn, no report was made to any agency (letter attached to your account, copy by post). The person with authority is Ruth Bauer, she will call you.'),
        i('3d4h', 'Nobody called.'),
        i('2d22h', 'Still nobody. I have now moved the direct debit to manual and written to the ombudsman. Have a nice weekend.')),
      care(
        i('3d2h', '@acmecare ask me how many mails it takes to get 70 euros back from a broadband company. I am at eleven. #joke'),
        o('3d1h', 'DK', 'Mr Whitcombe, this is not good enough and I am sorry. Ruth Bauer has your file and will ring you on the number in your signature.'),
        i('1d5h', 'she did not')),
      callOut('2d20h', 0, 'no_answer', 'RB', 'retry', 'Tried Mr Whitcombe, rang out, no voicemail. Try Monday morning before nine.'),
    ],
  },
  {
    name: 'Priscilla Adeyemi', language: 'en', email: 'p.adeyemi@stbrides.example', phone: '+44 7700 900167', handle: 'prisadeyemi', basis: 'consent',
    vip: 'Head teacher of a school with 600 pupils on our line; exams until 26 June.', tags: 'school;business', signature: 'Priscilla Adeyemi\nHead teacher, St Bride\'s',
    stories: [
      callIn('20d5h', 238, 'answered', 'RB', 'info', 'Wants a contact for the exam weeks. Gave her the business desk hours. Promised that no planned works touch her line until 26 June.'),
      mail('Exam weeks: no works please',
        i('20d3h', 'Dear Acme team,\n\nto have it in writing: our online exams run from 8 to 26 June, weekdays 8:30 to 15:30. Ms Bauer kindly assured me on the phone that no planned works will touch our line in that time.\n\nKind regards,'),
        o('19d23h', 'RB', 'Dear Ms Adeyemi,\n\nconfirmed. Your line is on the protected list until 26 June, 18 h. If anything unplanned happens, the business desk calls you first.')),
      mail('Planned maintenance 17 June??',
        i('2h5m', 'Dear Ms Bauer,\n\nthis morning I received an automatic message about "planned maintenance on 17 June, 6:00 to 12:00" on our line. On the 17th at 9:00, 112 pupils sit the mathematics paper online. You confirmed in writing that this would not happen.\n\nPlease stop it, and please let me know today.\n\nKind regards,', { html: true })),
    ],
  },
  {
    name: 'Liz Farrow', language: 'en', email: 'liz.farrow@quillmail.example', handle: 'lizfarrow', basis: 'told us', phone: '+44 7700 900189', tags: 'moving',
    stories: [
      dm(
        i('15d4h', 'Hi, moving house on the 27th, two streets away. Can I take my number and my Zip with me?'),
        o('15d3h', 'RB', 'Hi Liz! Yes to both. What is the new address, and is there already a fibre socket in the flat?'),
        i('15d2h', '9 Tanner Close, ground floor. There is a white box by the door with a green light?'),
        o('15d1h', 'RB', 'That is the socket, so no technician needed. The switch is booked for the 27th at noon. Keep the Zip plugged in at the old place until then.'),
        i('2h40m', 'Change of plan, the landlord gives us the keys on the 20th already. Can the switch be a week earlier? Our van is booked, so it would help to know by tonight 🙏')),
      mail('Your relocation on 27 June',
        o('14d22h', 'RB', 'Dear Liz,\n\nhere is the confirmation of your relocation to 9 Tanner Close on 27 June at noon. Your number stays, your contract stays, there is no fee.', { html: true }),
        i('14d20h', 'Perfect, thank you! My mobile for the day is 07700 900189.'),
        o('14d19h', 'RB', 'Saved to the order. Good luck with the boxes!')),
    ],
  },
  {
    name: 'Graham Ottley', language: 'en', email: 'g.ottley@marlowbay.example', phone: '+44 7700 900201', basis: 'told us', tags: 'senior;phone-first', note: '81, does not like menus. Speak slowly, he writes along.',
    stories: [
      callIn('52d3h', 655, 'answered', 'RB', 'solved', 'Telly box lost the channels after the storm. Went through the restart with him, all back.'),
      callIn('30d4h', 320, 'answered', 'DK', 'info', 'Asked what "e-SIM" means in the letter. Explained; it does not concern him. Relieved.'),
      mail('Letter about my tariff',
        i('29d5h', 'Dear Sir or Madam,\n\nI have had a letter which says that my tariff "Home Classic" will end on 31 July and that I may choose between three others. I am quite content with the present one. Must I choose?\n\nYours faithfully,\nG. Ottley'),
        o('29d1h', 'RB', 'Dear Mr Ottley,\n\nno, you need not do anything. If you do not choose we move you to "Home 100", which costs the same and is a little faster. Your telephone stays exactly as it is.'),
        i('28d5h', 'Dear Miss Bauer,\n\nthank you for so clear an answer. I shall then do nothing, at which I am rather practised.\n\nYours, G. Ottley'),
        o('28d2h', 'RB', 'Dear Mr Ottley, that made three of us laugh. Have a good week.')),
      callIn('1h20m', 0, 'voicemail', '', 'call back', 'Voicemail: "It is Ottley, the telephone in the hall makes a crackling noise since Saturday, I should be glad of a call after eleven."'),
    ],
  },
  {
    name: 'Dana Okafor', language: 'en', email: 'dana@okaforstudio.example', handle: 'danamakesfilms', basis: 'public profile', vip: 'Film maker with 210k followers; fair, but posts everything.', tags: 'influencer;business', phone: '+1 202 555 0114',
    stories: [
      main(
        i('37d2h', 'Uploading 300 GB of rushes over @acme fibre tonight. If this works I take back what I said in March.'),
        o('37d1h', 'RB', 'Fingers crossed here. We have looked up what you said in March. It was fair.'),
        i('36d12h', 'It worked. Six hours. I take it back.'),
        o('36d2h', 'RB', 'Framed and hung in the canteen.')),
      dm(
        i('10d3h', 'Privately: I need a second line in the cutting room before the festival (from 24 June). Is that doable or should I look elsewhere?'),
        o('10d2h', 'RB', 'Doable. Two ways: a second fibre (3 weeks) or a 5G backup box (2 days). For a festival deadline I would take the box now and the fibre after.'),
        i('10d1h', 'The box then. Send me the price please.'),
        o('9d23h', 'RB', '29 EUR a month, cancel any month, the first one is free because we are late with the fibre in your street. Reply YES and it ships tomorrow.'),
        i('9d22h', 'YES'),
        o('9d21h', 'RB', 'Ordered, number A-77120. It arrives on Monday.')),
      care(i('35m', '@acmecare the 5G box arrived, it is lovely, and it has no power supply in the carton. None. Premiere is in nine days. Help?')),
    ],
  },
  {
    name: 'Jonas Petit', language: 'en', email: 'jonas.petit@northgate.example', handle: 'jonaspetit', basis: 'told us', phone: '+1 202 555 0137', tags: 'wifi',
    stories: [
      mail('Zip router reboots every night at 3',
        i('6d5h', 'Hi there,\n\nmy Zip restarts every night at around three. I notice because I work shifts. It comes back after four minutes.\n\nI have attached the log. Firmware is 4.2.1, three devices by cable, around ten by WiFi.', { attach: ['router-log.txt'] }),
        o('6d2h', 'DK', 'Hi Jonas,\n\nthanks for the log. At 03:00 the box looks for updates, fails on the signature, and restarts. This is a known fault of 4.2.1. Please go to Settings, System, Update and choose 4.2.3 by hand.'),
        i('5d22h', 'There is no 4.2.3 in the list. It says "you are up to date".'),
        o('5d19h', 'DK', 'Then your box is on the slow ring. I have moved it. Please look again tomorrow.'),
        i('4d23h', 'Now the list is empty altogether.'),
        o('4d20h', 'DK', 'Could you restart it once by the switch (not in the menu), wait ten minutes, and look again?'),
        i('4d1h', 'Done. The list shows 4.2.3 now, but the button is grey.'),
        o('3d23h', 'DK', 'Grey means the box believes it is out of its update window. Settings, System, Time: is the time zone right?'),
        i('3d21h', 'It was set to a zone eleven hours away. I corrected it. Button is blue!'),
        o('3d20h', 'DK', 'There we are. Please install and tell me how the night went.'),
        i('2d23h', 'Installed. Last night: no restart. I was almost disappointed, nothing to report at three in the morning.'),
        i('1d3h', 'I spoke too soon. Tonight it restarted twice, at 3:00 and at 3:20. New log attached, and a photo of the lamps. What now?', { attach: ['router-log.txt', 'lights.png'] }),
        i('1h45m', 'And again tonight. Three times. I would be fine with a new box if that is simpler for you.')),
    ],
  },
  {
    name: 'Samira Haddad', language: 'en', email: 'samira.h@cedarline.example', handle: 'samirahadd', basis: 'told us', phone: '+44 7700 900222', tags: 'billing',
    stories: [
      care(
        i('18d6h', '@acmecare why did my bill go up by 4 euros without a word?'),
        o('18d5h', 'RB', 'Hi Samira, happy to look. It is about your account, so could you send us a DM with the invoice number?')),
      dm(
        i('18d4h', 'Invoice 2026-05-88213'),
        o('18d3h', 'RB', 'Found it: the 12 month discount ended in April. The letter went to your old address. I can put you on the current offer, 2 EUR less than before. Shall I?'),
        i('18d2h', 'Oh. Yes please!'),
        o('18d2h', 'RB', 'Done, from 1 June. And the address: is it still Mill Lane 4?'),
        i('18d1h', 'No, Orchard Street 12 since January.'),
        o('18d1h', 'RB', 'Changed. Have a lovely weekend, Samira.')),
      mail('June invoice',
        i('1d20h', 'Hi,\n\nJune still shows the old price. In the DM on the 28th I was told the new price starts on 1 June. Did something go wrong?\n\nSamira', { bare: true })),
    ],
  },
  {
    name: 'Peter Vance', language: 'en', email: 'pvance@brookmere.example', phone: '+44 7700 900233', handle: 'petervance61', basis: 'own signature', tags: 'cancel', signature: 'P. Vance · 07700 900233',
    stories: [
      callIn('25d2h', 533, 'answered', 'TC', 'retention', 'Wants to cancel: found 10 EUR cheaper elsewhere. Offered 8 EUR off for 12 months. Will think about it.'),
      mail('Cancellation',
        i('23d4h', 'Good day,\n\nthank you for the offer on the phone. I have thought about it and wish to cancel at the end of the contract all the same. Please confirm the date in writing.'),
        o('23d1h', 'TC', 'Dear Mr Vance,\n\nyour contract ends on 31 August. Please send the Zip back within two weeks after that; a label is attached. We are sorry to see you go, and the offer stays open until the last day.', { attach: ['return-label.txt'] }),
        i('22d5h', 'Thank you, received.'),
        o('22d4h', 'TC', 'All the best, Mr Vance.')),
      callIn('7h10m', 301, 'answered', 'TC', 'promise', 'Changed his mind: competitor cannot connect his street before November. Wants the offer of 8 EUR off. Promised a written offer today and no gap in service.'),
      mail('Re: Cancellation',
        i('6h30m', 'Dear Ms Chowdhury,\n\nfollowing our call this morning: I withdraw my cancellation, provided the offer (8 EUR off for twelve months) is confirmed in writing today.', { bare: true })),
    ],
  },
  {
    name: 'Hannah Brandt', language: 'en', email: 'hannah.brandt@fernhill.example', handle: 'hannahbrandt_', basis: 'consent', tags: 'accessibility', note: 'Deaf: no calls. Mail or DM only.',
    stories: [
      mail('No phone calls please',
        i('48d3h', 'Hello,\n\nI am deaf. Your technician "tried to reach me by phone twice" and then closed my ticket. Please write down somewhere that I can only be reached in writing.\n\nHannah Brandt'),
        o('48d1h', 'RB', 'Dear Hannah,\n\nI am sorry. It is written down now, at the top of your record, for us and for the technicians. Your ticket is open again and the appointment is Thursday at 10; the technician will send a text message from the door.'),
        i('45d3h', 'It worked: she texted, I opened, it was fixed in ten minutes. Thank you for listening.'),
        o('45d2h', 'RB', 'Thank you for telling us, Hannah. The note now shows for every deaf customer who asks for it.')),
      dm(
        i('5h15m', 'Hello, it is me, the one without phone :) My Zip has a solid red light since this morning. Is that the outage or is it mine? I live in Fernhill, not Brackwater.')),
    ],
  },
  {
    name: 'Oliver Strand', language: 'en', handle: 'olistrand', email: 'oli@strandkitchen.example', basis: 'told us', tags: 'business;restaurant', phone: '+44 7700 900244',
    stories: [
      care(
        i('12d22h40m', '@acmecare card terminals down in the middle of lunch service. It is the internet, phone works. Strand Kitchen, Dock 4.'),
        o('12d22h36m', 'DK', 'Oliver, on it. Please pull the power of the Zip for 30 seconds. If the light is not white after 3 minutes write "red".'),
        i('12d22h31m', 'red'),
        o('12d22h28m', 'DK', 'Thanks. A digger cut a cable on Dock Road, 40 lines are out. Your backup SIM is active now: switch the Zip to "mobile" on the back, terminals should be up in a minute.'),
        i('12d22h20m', 'They are up. You saved lunch. Come by, dessert is on us.'),
        o('12d22h15m', 'DK', 'We can hear the whole desk packing. Fibre should be repaired by six, the box switches back on its own.')),
      mail('Compensation for 2 June',
        i('11d4h', 'Hi,\n\nthe line was out from 12:10 to 19:40 on 2 June. What do I get under the business terms?\n\nOliver'),
        o('11d', 'DK', 'Hi Oliver,\n\none full day, 3.60 EUR, by the terms, and I may add up to 25 EUR where a business lost trade, which I have done. 28.60 EUR come with the June bill.'),
        i('10d23h', 'Fair. Thank you.'),
        o('10d22h', 'DK', 'Our pleasure. See you for dessert.')),
    ],
  },
  {
    name: 'Megan Doyle', language: 'en', handle: 'megandoyle', basis: 'told us', email: 'megan.doyle@saltmarsh.example', phone: '+44 7700 900255', tags: 'bereavement', note: 'Took over her late father\'s contract. Be gentle.',
    stories: [
      mail('My father\'s account',
        i('27d5h', 'Hello,\n\nmy father, Desmond Doyle, died on 9 May. The broadband is in his name and my mother still lives in the house. What do you need from me so that she is not cut off?\n\nMegan Doyle'),
        o('27d3h', 'RB', 'Dear Megan,\n\nI am very sorry for your loss. Nothing will be cut off. We need a copy of the death certificate, whenever you are able, and the name of the person who takes over. There is no fee and no new contract term. I have stopped all letters to your father\'s name as of today.'),
        i('21d4h', 'Thank you for such a humane answer. The certificate is on its way by post. The contract should go to my mother, Eileen Doyle.'),
        o('20d23h', 'RB', 'Dear Megan, it arrived this morning. The line is in your mother\'s name now, the number is unchanged. If she ever has trouble with the box she may ask for me.')),
      mail('A letter came after all',
        i('3d1h', 'Dear Ruth,\n\ntoday my mother opened an envelope from you addressed to "Mr Desmond Doyle", an offer for a sports package. She has been crying since. You wrote that all letters were stopped.\n\nPlease make sure this was the last one.\n\nMegan')),
    ],
  },
  {
    name: 'Cole Ramsey', language: 'en', handle: 'coleramsey', stories: [
      aside(i('4h20m', 'acme broadband has been crawling all weekend, is it just me? 3 mbit on a 250 line')),
      care(
        i('44d2h', '@acmecare does the Zip do IPv6 or do I have to bring my own router like it is 2012'),
        o('44d1h', 'DK', 'It does since 4.0: Settings, Internet, IPv6, then "native". No need for 2012.'),
        i('44d', 'huh. works. respect'),
        o('43d23h', 'DK', 'Enjoy your 18 quintillion addresses.')),
    ],
  },
  {
    name: 'Wen Li Tan', language: 'en', handle: 'wenlitan', email: 'wenli.tan@harbourlight.example', phone: '+60 12-555 0123', basis: 'told us', tags: 'travel', stories: [
      dm(
        i('31d5h', 'Can I pause my contract for 3 months? I will be abroad from July.'),
        o('31d3h', 'NS', 'Hi Wen Li, yes: 5 EUR a month while paused, the number is kept. From which day?'),
        i('31d2h', '1 July to 30 September'),
        o('31d1h', 'NS', 'Booked. Nothing else to do, it wakes up by itself on 1 October.')),
      callIn('8d6h', 187, 'answered', 'NS', 'promise', 'Asked whether the pause keeps his price. Yes. Promised a confirmation by mail.'),
      mail('Confirmation of your pause',
        o('8d5h', 'NS', 'Hi Wen Li,\n\nas promised on the phone: pause from 1 July to 30 September, 5 EUR a month, price and number unchanged.'),
        i('7d22h', 'Thank you Nadia, all clear.'),
        o('7d21h', 'NS', 'Safe travels!')),
    ],
  },
];
