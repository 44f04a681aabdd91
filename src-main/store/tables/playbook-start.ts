import type { Scenario } from '../../../src-preload/contract/index.ts';

/** A start; the team writes its own. */
export const SCENARIOS: Scenario[] = [
  {
    id: 'late', title: 'Something is late', words: ['late', 'delayed', 'not arrived', 'still waiting', 'where is my', 'देर', 'नहीं आया', 'দেরি', 'আসেনি', 'atrasado', 'atrasada', 'ainda não chegou', 'lambat', 'belum sampai'], languages: [], channels: [], limitId: null,
    steps: ['Look up where it is before you write.', 'Say you are sorry once, without an excuse.', 'Name the day it will arrive, or the day you will write again.', 'Note that day as a promise.'],
    texts: { any: 'Hello {first_name|there}, I am sorry that you are still waiting. I have looked into it: [[what I found]]. It will be with you by [[day]]; if anything changes I will write to you before then.', reply: 'I am sorry you are still waiting, {first_name|there}. It will be with you by [[day]]; if anything changes I will tell you first.', dm: null, mail: null },
  },
  {
    id: 'outage', title: 'It does not work', words: ['offline', 'outage', 'no internet', 'not working', 'down again', 'बंद है', 'काम नहीं', 'কাজ করছে না', 'বন্ধ', 'sem internet', 'não funciona', 'tiada internet', 'tidak berfungsi'], languages: [], channels: [], limitId: null,
    steps: ['Check whether it is an incident: others with the same words?', 'Ask for one thing only: place or line.', 'Say what you do now and when you write again.'],
    texts: { any: 'Hello {first_name|there}, I am sorry that it is down. I am checking your line right now and will write again by [[time]], also if I have nothing new by then.', reply: 'Sorry that it is down, {first_name|there}. I am checking it now and will write again by [[time]].', dm: null, mail: null },
  },
  {
    id: 'bill', title: 'A bill is wrong', words: ['charged twice', 'wrong bill', 'overcharged', 'refund', 'double charge', 'बिल', 'रिफंड', 'বিল', 'cobrado duas vezes', 'reembolso', 'fatura', 'bil', 'bayaran balik'], languages: [], channels: [], limitId: 'goodwill',
    steps: ['Go to a private channel before any number is named.', 'Compare the bill with the contract.', 'Give back what is due, within the limit, and book it.'],
    texts: { any: 'Hello {first_name|there}, thank you for telling us. I have compared the bill with your contract: [[what is wrong]]. [[amount]] goes back to you and will be with you by [[day]].', reply: 'Thank you for telling us, {first_name|there}. I look at the bill now and write to you in private, so that no numbers stand here.', dm: null, mail: null },
  },
];
