import { callIn, care, i, mail, o, type Person } from './types.ts';

const one = (name: string, handle: string, ...turns: Parameters<typeof care>): Person => ({ name, language: 'en', handle, stories: [care(...turns)] });

/** This morning: the router "Zip" goes offline all over Brackwater. */
export const outage: Person[] = [
  {
    name: 'Kayla Winters', language: 'en', handle: 'kaylawinters', email: 'kayla.winters@brackmail.example', phone: '+44 7700 900401', basis: 'told us', tags: 'brackwater', stories: [
      care(i('62m', '@acmecare zip broke this morning, red light, nothing helps. Brackwater, Mill Road.'), o('51m', 'TC', 'Hi Kayla, thanks for being the first to tell us. We are looking at Brackwater right now and come back to you.'), i('18m', 'any news? I work from home and I have used up all my excuses')),
    ],
  },
  {
    name: 'Ben Oakes', language: 'en', handle: 'benoakes', email: 'ben.oakes@brackmail.example', phone: '+44 7700 900412', basis: 'own signature', signature: 'Ben Oakes (@benoakes)', tags: 'brackwater', stories: [
      mail('Line speed after upgrade', i('26d3h', 'Hello, I pay for 500 and get 480. Is that normal?'), o('26d1h', 'DK', 'Hello Mr Oakes, yes: the missing 20 are protocol overhead. On the cable you have the full 500.'), i('26d', 'Fair enough, thanks.'), o('25d23h', 'DK', 'You are welcome.')),
      care(i('59m', '@acmecare Zip offline in Brackwater since about nine. Whole street by the look of the WiFi list.')),
    ],
  },
  one('Lottie Grange', 'lottiegrange', i('57m', '@acmecare my zip broke. brackwater. kids at home. HELP'), o('48m', 'TC', 'We hear you, Lottie. All of Brackwater is affected, the crew is at the exchange. Next word from us within the hour.')),
  one('Amir Saleem', 'amirsaleem_', i('55m', '@acmecare Is Brackwater down? Zip blinks red, app says "no problems in your area". There is a problem in my area.'), o('43m', 'RB', 'There is, Amir, and the app is wrong. We are correcting the status page right now.')),
  one('Poppy Lane', 'poppylane', i('54m', 'Hey @acmecare the zip broke again, second time this month, High Street Brackwater'), o('46m', 'TC', 'Sorry, Poppy! It is not your box: Brackwater is affected as a whole. We are on it.')),
  one('Gareth Pugh', 'garethpugh', i('52m', '@acmecare zip broke, did the paperclip reset, now it has forgotten everything AND is still offline'), o('44m', 'DK', 'Sorry, Gareth, no paperclip could have helped: the fault is at our end. Your settings are stored with us, we bring them back once the line is up.')),
  {
    name: 'Doris Vale', language: 'en', handle: 'dorisvale', phone: '+44 7700 900423', basis: 'told us', vip: 'Wears a home emergency button that runs over the Zip. Call her first in any outage.', tags: 'brackwater;emergency-button;senior', stories: [
      callIn('50d3h', 390, 'answered', 'RB', 'info', 'Wanted to know if the emergency button also works without power. It does not with the Zip; ordered the battery pack for her, free.'),
      callIn('21d2h', 120, 'answered', 'RB', 'solved', 'Battery pack arrived, plugged in together, test call to the button centre was fine.'),
      care(i('49m', '@acmecare My Zip is offline and my emergency button says no connection. I am on my own until four. What shall I do?')),
    ],
  },
  one('Theo Marsh', 'theomarsh', i('47m', '@acmecare zip broke 🙃 brackwater 🙃 exam in two hours 🙃'), o('41m', 'TC', 'Theo, please do not wait for us: the library on Mill Road has its own line and opens at ten. Good luck! We will write when Brackwater is back.')),
  one('Josie Barnard', 'josiebarnard', i('45m', 'So @acme and @acmecare, the Zip is offline in all of Brackwater and your status page is green. Which of the two is lying?'), o('36m', 'RB', 'The page was, Josie. It says Brackwater now. Sorry, you were faster than our monitoring.')),
  {
    name: 'Nathan Cross', language: 'en', handle: 'nathancross', email: 'nathan@crossandco.example', phone: '+44 7700 900434', basis: 'told us', tags: 'brackwater;business', stories: [
      mail('Second box for the workshop', i('43d3h', 'Can we get a second Zip for the workshop at the back, same contract?'), o('43d1h', 'TC', 'Hello Mr Cross, yes, 4 EUR a month. It ships today and pairs itself with the first one.'), i('40d1h', 'Up and running. Good stuff.'), o('40d', 'TC', 'Good to hear!')),
      care(i('44m', '@acmecare both zips broke at the same minute. Brackwater trading estate. We cannot print a single delivery note.')),
      callIn('38m', 96, 'answered', 'TC', 'outage', 'Business, both boxes dark since 9. Told him it is the town, no time yet. Promised a call as soon as there is one.'),
    ],
  },
  one('Holly Frost', 'hollyfrost_', i('42m', '@acmecare zip broke?? or is it the town?? Brackwater, Chapel Hill'), o('33m', 'TC', 'It is the town, Holly, your Zip is fine. Please leave it plugged in.')),
  one('Isaac Dunn', 'isaacdunn', i('40m', '@acmecare zip offline, brackwater, 4th of the street. Neighbour with the other provider is smiling at me.'), o('31m', 'RB', 'Let us wipe off that smile, Isaac. Crew is on site, more as soon as we know how long.')),
  one('Martha Quill', 'marthaquill', i('37m', '@acmecare I think my Zip broke, the lamp is red and there is no dial tone either. Brackwater, Church Lane.')),
  one('Eddie Roe', 'eddieroe', i('33m', 'zip broke, brackwater, @acmecare do something, match starts at noon'), o('26m', 'DK', 'We know about Brackwater, Eddie, and about the match. No promise yet, but the crew has found the spot.')),
  one('Sunita Rao', 'sunitarao_uk', i('30m', '@acmecare Zip broke in our clinic in Brackwater. We are taking appointments on paper. Please tell us how long, even if it is a guess.')),
  one('Leo Farthing', 'leofarthing', i('27m', '@acmecare rebooted the zip eleven times. it is not the zip is it'), o('21m', 'RB', 'It is not, Leo. Brackwater is down because of a fault in our exchange. You can spare it the twelfth.')),
  one('Carys Bevan', 'carysbevan', i('22m', '@acmecare the zip broke during my job interview. Brackwater. If I do not get it I know where to send the bill.')),
  one('Miles Ashby', 'milesashby', i('14m', '@acmecare still nothing in Brackwater, Zip offline for an hour now. A single sentence on your page would help!')),
  one('Ella Whitlock', 'ellawhitlock', i('8d5h', '@acmecare zip broke after the update, stuck on blue'), o('8d4h', 'DK', 'Hi Ella, hold the WPS button for 12 seconds, it then loads the update anew. Back in five minutes?'), i('8d3h', 'back!'), o('8d3h', 'DK', 'Great!')),
];
