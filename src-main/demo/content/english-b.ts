import { aside, callIn, callOut, care, dm, i, mail, main, o, type Person } from './types.ts';

/** English-speaking customers with shorter stories. */
export const englishB: Person[] = [
  {
    name: 'Ifeoma Nwosu', language: 'en', email: 'ifeoma.nwosu@pinegrove.example', handle: 'ify_nwosu', basis: 'told us', tags: 'new', stories: [
      mail('Where is my starter kit?',
        i('16d5h', 'Hi, I signed up on 22 May and the starter kit should take "2 to 4 working days". It has been six. Order A-76031.'),
        o('16d3h', 'NS', 'Hi Ifeoma,\n\nthe parcel was returned to us: flat number missing on the label. I have sent a new one by express with flat 7B on it. It comes tomorrow before noon, tracking follows.'),
        i('15d1h', 'It is here and it works. Five minutes from box to film night. Thanks for being quick about it!'),
        o('15d', 'NS', 'Lovely. Enjoy the film!')),
      care(i('14d10h', '@acmecare shout out to Nadia for the express parcel. That is how you fix a mistake.'), o('14d2h', 'NS', 'She is blushing. Welcome to Acme!')),
    ],
  },
  {
    name: 'Rory McAllister', language: 'en', email: 'rory.mca@glenside.example', phone: '+44 7700 900266', handle: 'rorymca', basis: 'told us', tags: 'gaming', stories: [
      care(
        i('22d14h', '@acmecare ping to the game servers went from 12 to 95 ms since Tuesday. That is not a ping, that is a postal service.'),
        o('22d2h', 'DK', 'Ha. And sorry. Could you run a traceroute and DM it to us? Looks like a detour in our routing.')),
      dm(
        i('22d1h', 'hops 4 to 7 go through another country, see for yourself: 4 ae12.core 11ms / 5 xe0 48ms / 6 xe3 81ms / 7 93ms'),
        o('21d23h', 'DK', 'Confirmed. A peering link is down and traffic takes the scenic route. Repair is planned for tonight.'),
        i('20d22h', '12 ms again. You legend'),
        o('20d21h', 'DK', 'Win one for us.')),
      callIn('1d2h', 144, 'answered', 'TC', 'info', 'Asked if the 1 Gbit plan lowers ping. Honest answer: no. Stays on 250.'),
    ],
  },
  {
    name: 'Agnes Lindqvist', language: 'en', email: 'agnes.lindqvist@birchhollow.example', phone: '+44 7700 900277', basis: 'told us', tags: 'senior', stories: [
      callIn('39d4h', 480, 'answered', 'RB', 'solved', 'Could not read mails on her tablet after changing the WiFi password. Did it together.'),
      mail('Thank you and one question',
        i('38d5h', 'Dear Ruth, thank you for your patience yesterday. My grandson says I should change the password every month. Is that so? I would rather not.\n\nAgnes'),
        o('38d3h', 'RB', 'Dear Agnes, you need not. One long password that nobody else knows is better than twelve short ones on a note at the fridge.'),
        i('38d1h', 'How do you know about the fridge?'),
        o('38d', 'RB', 'A guess, Agnes. Only a guess.')),
      callOut('10d3h', 95, 'answered', 'RB', 'follow-up', 'Asked after the tablet. All well. Birthday on 2 July, turns 80.'),
    ],
  },
  {
    name: 'Devin Clarke', language: 'en', handle: 'devinclarke', stories: [
      main(i('28d3h', '@acme your app logs me out every single day. why'), o('28d2h', 'RB', 'Hi Devin, version 8.1 has that fault, 8.2 is in the stores since this morning. Would you update and tell @acmecare if it stays?'), i('27d22h', '8.2 fixed it, cheers'), o('27d21h', 'RB', 'Glad to hear it.')),
      care(i('2h15m', '@acmecare 8.2 was fine for a month, since last night the app says "session expired" again, every ten minutes'), o('1h50m', 'RB', 'Thanks for coming back, Devin. Same fault, other cause: a certificate ran out on our side last night. It is being replaced, no update needed.')),
    ],
  },
  {
    name: 'Yasmin Rahal', language: 'en', email: 'yasmin@rahaldental.example', phone: '+44 7700 900288', handle: 'rahaldental', basis: 'own signature', vip: 'Dental practice group, eight sites. Contract renewal in September.', tags: 'business', signature: 'Yasmin Rahal\nRahal Dental · 07700 900288 · @rahaldental', stories: [
      mail('Fixed IP addresses for two new sites',
        i('17d5h', 'Hello,\n\nwe open two more practices in July (Fernhill and Dock 9). Both need a fixed IPv4 address and the same firewall profile as the others. Could you send me a quote?'),
        o('17d1h', 'TC', 'Dear Ms Rahal,\n\ngladly. Business 500 with fixed address, 64.90 EUR each, set-up free as for the other six. Profile RD-1 will be copied. Earliest date for both: 6 July.', { html: true }),
        i('15d4h', 'Agreed for both. Please send the order form.'),
        o('15d1h', 'TC', 'Attached is the order. A reply with "agreed" is enough, no signature needed.'),
        i('15d', 'Agreed.'),
        o('14d23h', 'TC', 'Ordered: A-76550 and A-76551, both on 6 July between 8 and 10 h.')),
      callIn('4d3h', 266, 'answered', 'TC', 'promise', 'Asked to move the Fernhill site to 3 July. Promised an answer by Monday noon after talking to the field team.'),
      mail('Fernhill on 3 July: any news?',
        i('1h10m', 'Dear Ms Chowdhury,\n\nyou promised me an answer by noon today about moving Fernhill to 3 July. The painters are asking too.\n\nMany thanks,', { cc: 'frontdesk@rahaldental.example' })),
    ],
  },
  {
    name: 'Caleb Stone', language: 'en', handle: 'calebstone_', stories: [
      care(i('9d20h', '@acmecare is there a discount for students?'), o('9d3h', 'NS', 'There is, Caleb: 25 percent off every Home tariff with proof of enrolment, for as long as you study.'), i('9d2h', 'nice. where do i upload'), o('9d1h', 'NS', 'In the app: Account, Benefits, Student. It takes a day.')),
    ],
  },
  {
    name: 'Beatrice Holm', language: 'en', email: 'b.holm@stonewell.example', phone: '+44 7700 900299', basis: 'told us', tags: 'fraud', stories: [
      mail('Is this call from you?',
        i('19d4h', 'Hello,\n\na man rang me, said he was from Acme, and asked for the code on the back of my Zip and for my bank card "to refund 40 euros". I hung up. Was that you?\n\nBeatrice Holm'),
        o('19d3h', 'RB', 'Dear Ms Holm,\n\nno, and you did exactly the right thing. We never ask for card numbers on the phone. I have changed the code of your Zip from here, and reported the call. If he got anything out of you, please call your bank today.'),
        i('19d1h', 'He got only my opinion of him. Thank you.'),
        o('19d', 'RB', 'We should have liked to hear it.')),
    ],
  },
  {
    name: 'Marcus Bell', language: 'en', email: 'marcus.bell@tidewater.example', handle: 'marcusbell', basis: 'told us', phone: '+1 202 555 0166', tags: 'installation', stories: [
      callOut('11d4h', 74, 'answered', 'NS', 'appointment', 'Installation moved to 15 June, 8 to 12 h, at his wish.'),
      mail('Appointment 15 June',
        o('11d3h', 'NS', 'Dear Marcus,\n\nyour installation is on Monday, 15 June, between 8 and 12 h. Somebody over 18 needs to be at home.'),
        i('11d1h', 'Perfect, I took the morning off.'),
        o('11d', 'NS', 'See you on the 15th.')),
      care(
        i('25m', '@acmecare appointment today 8 to 12. It is 11:35 where I live and nobody has shown up. I took an unpaid morning for this. Are they coming or not?')),
      callIn('12m', 0, 'missed', '', 'call back', 'In the queue for 9 minutes, hung up.'),
    ],
  },
  {
    name: 'Elena Sorrel', language: 'en', email: 'elena.sorrel@willowmere.example', handle: 'elenasorrel', basis: 'consent', tags: 'press', vip: 'Journalist at a consumer magazine. Answers to her go through the press office unless about her own line.', stories: [
      mail('Questions for our August issue',
        i('3h30m', 'Dear customer team,\n\nI am writing about how long broadband providers take to answer. I know the usual way is the press office; I have asked there twice and heard nothing, so I am trying the door that customers use.\n\nMy questions:\n\n1. What is your average first response time by mail, by X and by phone, and how do you measure it? Does an automatic reply count?\n\n2. How many of the questions that reach you in public are then answered in public? Many companies move every question to direct messages. What is your rule, and who decides in the single case?\n\n3. Do your agents have a limit up to which they may grant a credit without asking? If so, how high is it, and how often is it used up?\n\n4. When a router fails in one town, as seems to be the case in Brackwater this morning, at what point do you tell the public, and who may write that notice? I count fourteen posts so far and see no notice on your status page.\n\n5. Is handling time per call measured per person, and do people see where they stand against each other?\n\n6. What has changed since your results of last year, where you came eleventh out of fourteen?\n\nI should be glad of answers by Thursday, 18 June, 14:00. Naming a person I may quote would be welcome; I am also happy to listen in the call centre for half a day, with no cameras, at any time that suits you, nights and weekends included. I think that readers are far more interested in how such work is really done than in another table of figures, and I would like to describe it fairly.\n\nFor completeness: I am a customer myself (Home 250, since 2019), and my own experience was good on the phone and poor by mail. That does not enter the article.\n\nKind regards,\nElena Sorrel', { html: true, bare: true })),
    ],
  },
  {
    name: 'Harold Finch', language: 'en', email: 'h.finch@oldmillroad.example', phone: '+44 7700 900311', basis: 'told us', stories: [
      callIn('34d2h', 205, 'answered', 'DK', 'order', 'Ordered a WiFi extender for the upper floor, 3 EUR a month.'),
      mail('Extender has arrived in green',
        i('30d5h', 'Hello, the extender works well, but it is green. The picture showed white. My wife says it has to match. Can it be exchanged?\n\nHarold Finch'),
        o('30d1h', 'DK', 'Hello Mr Finch, green was a batch for a hotel that strayed into the shop. A white one is on its way, please send the green one back with the label attached.', { attach: ['return-label.txt'] }),
        i('26d4h', 'White one is here. Peace is restored.'),
        o('26d3h', 'DK', 'Our best regards to Mrs Finch.')),
    ],
  },
  {
    name: 'Nia Campbell', language: 'en', handle: 'niacampbell', email: 'nia.campbell@seabright.example', basis: 'told us', stories: [
      dm(
        i('12d7h', 'Someone at my door says he is from Acme and wants to see my bill. Real or not?'),
        o('12d6h55m', 'RB', 'Please do not show it. We have nobody in your street this week. Is he still there?'),
        i('12d6h52m', 'Gone, with a colleague to the next house'),
        o('12d6h50m', 'RB', 'Thank you. We are warning your street and have told the police. You did well to ask.'),
        i('12d6h48m', 'my neighbour says thanks too'),
        o('12d6h45m', 'RB', 'Good neighbours.')),
      care(i('11d20h', '@acmecare answered my DM in five minutes while a fake salesman stood at my door. Respect.', {}), o('11d3h', 'RB', 'That is what the five minutes are for. Take care, Nia.')),
    ],
  },
  {
    name: 'Owen Tully', language: 'en', email: 'owen.tully@ashcombe.example', handle: 'owentully', basis: 'told us', phone: '+44 7700 900322', stories: [
      mail('Slow since the storm',
        i('53d4h', 'Since the storm I get 11 Mbit/s instead of 100. Restarted twice.\nOwen'),
        o('53d1h', 'DK', 'Hi Owen, your line syncs badly, probably water in the street cabinet. Technician booked for tomorrow, you need not be at home.'),
        i('51d5h', '104 Mbit/s. Thanks.'),
        o('51d3h', 'DK', 'Four on the house.')),
      mail('Refund for the slow week?',
        i('2d5h', 'Hi,\n\nI let the April thing rest, but now I hear that my neighbour got 15 euros for the same week on the same cabinet. I had the same trouble and asked for nothing. Do I get the same?\n\nOwen Tully'),
        o('23h', 'TC', 'Hi Owen,\n\nyou do. Nobody should have to know a neighbour for it: 15 EUR come off your June invoice.')),
    ],
  },
  {
    name: 'Tess Hargreave', language: 'en', handle: 'tesshargreave', stories: [
      care(i('7d9h', '@acmecare can I use my own router instead of the Zip?'), o('7d2h', 'DK', 'You can, Tess. Any router with a fibre input or an SFP. The access data are in the app under Line, Own device.'), i('7d1h', 'and the telephone?'), o('7d', 'DK', 'SIP data are on the same page. If it fights back, write to us.')),
    ],
  },
  {
    name: 'Frank Abbot', language: 'en', email: 'frank.abbot@cobblegate.example', phone: '+44 7700 900333', basis: 'told us', tags: 'dunning', stories: [
      mail('Payment plan',
        i('36d3h', 'Hello. I lost my job in March and I cannot pay two months at once. Can we agree on something? Please do not cut the line, I need it for applications.\n\nFrank Abbot'),
        o('36d1h', 'RB', 'Dear Mr Abbot,\n\nthank you for telling us in time. Six instalments of 18 EUR, the first in July, no fees, and the line stays on. Is that all right for you?'),
        i('36d', 'That is more than all right. Thank you.'),
        o('35d23h', 'RB', 'It is noted. Good luck with the applications, Mr Abbot.')),
      callIn('3d3h', 176, 'answered', 'TC', 'promise', 'Has work from 1 July. Asked to pay all at once in July instead. Promised: no fee, instalments can be paid off any time.'),
    ],
  },
  {
    name: 'Zara Ellison', language: 'en', handle: 'zaraellison', email: 'zara.e@larkfield.example', basis: 'told us', stories: [
      main(i('46d3h', 'Three days to answer a tweet @acme? Do you have a dovecote?'), o('46d1h', 'RB', 'The doves were on strike, sorry. For questions @acmecare is faster. What can we do?'), i('46d', 'Port my number from my old provider. Form sent twice.'), o('45d23h', 'RB', 'We found both forms. The old provider refused because of a missing house number. Corrected, porting is on 11 May.'), i('35d22h', 'ported. peace, doves.'), o('35d20h', 'RB', 'Coo.')),
    ],
  },
  {
    name: 'Sean Brody', language: 'en', handle: 'seanbrody_', stories: [
      care(i('4d4h', '@acmecare zip broke. literally fell off the shelf. can i get a new one'), o('4d3h', 'TC', 'Ouch. Yes: 29 EUR, or free with the device cover if you have it. Send us a DM with your customer number and it ships today.')),
      dm(i('4d2h', 'C-99120. do i have the cover?'), o('4d1h', 'TC', 'You do. New Zip, free, arrives tomorrow. Please send the old one back in the same carton.'), i('3d1h', 'got it, thanks!!'), o('3d', 'TC', 'Mind the shelf.')),
    ],
  },
  {
    name: 'Ivy Marsden', language: 'en', handle: 'ivymarsden', email: 'ivy@marsdenbooks.example', basis: 'told us', tags: 'business', phone: '+44 7700 900344', stories: [
      mail('Open WiFi for my bookshop',
        i('1d22h', 'Good morning,\n\nI have a small bookshop and would like to offer my customers WiFi without them being on the same network as my till. Can the Zip do that or do I need something else? And who is liable if somebody downloads nonsense?\n\nIvy Marsden\nMarsden Books', { html: true }),
        o('1h30m', 'DK', 'Good morning Ivy,\n\nthe Zip can do it: Home, Guests, "Separate network". Your till stays invisible. As an operator of open WiFi you are not liable for what guests do, as long as you close the access when somebody asks you to for a good reason. Shall we switch it on together on the phone?')),
    ],
  },
  {
    name: 'Ruben Castell', language: 'en', handle: 'rubencastell', stories: [
      care(i('2d6h', '@acmecare status page says all green, my Zip says otherwise. Quayside, since 3 in the morning.'), o('2d2h', 'RB', 'Hi Ruben, Quayside had planned works until 9. Is it still red?'), i('2d1h', 'Green now. But a note beforehand would have been nice.'), o('2d', 'RB', 'True. Notices for your area are now switched on for your account.')),
      aside(i('1d8h', 'Anyone else think Acme hides planned works on purpose')),
    ],
  },
  {
    name: 'Pete Longley', language: 'en', handle: 'petelongley', stories: [
      care(i('2d3h', '@acmecare zip broke? no light at all, not even red. Fernhill'), o('2d2h40m', 'DK', 'No light means no power, Pete. Could you try another socket and, if you have one, another 12 V supply?'), i('2d2h20m', 'it was the socket. it was the socket all along. please delete this conversation', { deleted: true }), o('2d2h', 'DK', 'We know nothing, Pete.')),
    ],
  },
  {
    name: 'Amelia Cotton', language: 'en', handle: 'ameliacotton', email: 'amelia.cotton@greywater.example', basis: 'told us', stories: [
      care(i('5d3h', '@acmecare my Zip is offline every time the microwave runs. I wish I were joking.'), o('5d2h', 'NS', 'You are not alone, Amelia: old microwaves shout on 2.4 GHz. In the app: Home, WiFi, "5 GHz only" for your laptop.'), i('5d1h', 'Soup AND internet. At the same time. Marvellous.'), o('5d', 'NS', 'Enjoy both while hot.')),
      mail('Guest WiFi poster',
        i('3d8h', 'Hi, is there a way to print the guest WiFi code so that visitors can scan it? We run a small bed and breakfast.\n\nAmelia'),
        o('3d2h', 'NS', 'Hi Amelia, yes: in the app under Home, Guests, "Print". It makes a page with the code, A5 fits a frame nicely.'),
        i('3d', 'Printed, framed, scanned by two guests already. Thank you.'),
        o('2d22h', 'NS', 'Wonderful. Full house to you!')),
    ],
  },
  {
    name: 'Victor Hale', language: 'en', email: 'victor.hale@drystone.example', phone: '+44 7700 900355', handle: 'victorhale', basis: 'told us', tags: 'rural', stories: [
      callIn('55d2h', 298, 'answered', 'DK', 'info', 'Farm at the end of Sheep Lane, 8 Mbit/s. Wants to know when fibre comes. Not before autumn 2027.'),
      mail('Sheep Lane: an offer to dig',
        i('47d4h', 'Dear Mr Kulkarni,\n\nyou told me that fibre will not come to Sheep Lane before 2027 because of 900 metres of trench. I own a digger, my neighbour owns another one, and it is our land. If we dig, will you lay?\n\nVictor Hale'),
        o('46d23h', 'DK', 'Dear Mr Hale,\n\nthis is the best mail of my year. I have passed it to the build team with a recommendation. They need a week.'),
        o('38d22h', 'DK', 'Dear Mr Hale,\n\nthey say yes. Trench 60 cm deep, tape 30 cm above the duct, no bend tighter than a metre. We deliver 950 metres of duct on a date of your choice.'),
        i('38d5h', 'Second week of June, after shearing. The sheep insist.'),
        o('37d23h', 'DK', 'Duct is booked for 10 June. Our respects to the sheep.'),
        i('4d8h', 'Duct is in the ground, all 912 metres, photographs to follow when my daughter is home. Your turn.'),
        o('4d1h', 'DK', 'Splicing crew comes on 24 June at 8. I will be there myself, I want to see this.')),
    ],
  },
  {
    name: 'Lena Park', language: 'en', handle: 'lenapark_', stories: [
      dm(i('16d20h', 'hi! is the family plan only for people in one home? my mum lives two doors down'), o('16d2h', 'NS', 'Hi Lena! One home per contract, but up to four mobile cards can go anywhere, also two doors down.'), i('16d1h', 'then one card for mum please'), o('16d', 'NS', 'It is in the post. The card works after she sends PIN 4 digits of her choice in the app.'), i('13d20h', 'mum is online and has sent me 14 photos of her cat. what have we done'), o('13d1h', 'NS', 'Something that cannot be undone, Lena.')),
    ],
  },
];
