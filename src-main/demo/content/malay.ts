import { callIn, care, dm, i, mail, o, type Person } from './types.ts';

export const malay: Person[] = [
  {
    name: 'Nurul Aisyah binti Hassan', language: 'ms', email: 'nurul.aisyah@merantimel.example', phone: '+60 12-555 0101', handle: 'nurulaisyah_h', basis: 'told us', tags: 'fibre', stories: [
      mail('Internet perlahan setiap malam',
        i('14d6h', 'Salam sejahtera,\n\nSejak minggu lepas internet di rumah saya sangat perlahan antara pukul 8 hingga 11 malam. Siang hari tiada masalah. Saya sudah menukar kabel dan menghidupkan semula Zip, tetapi keadaan tetap sama.\n\nMohon bantuan.\n\nNurul Aisyah'),
        o('14d2h', 'NS', 'Salam Puan Nurul,\n\nTerima kasih atas maklumat yang lengkap. Ujian talian menunjukkan kesesakan di kawasan puan pada waktu malam. Kapasiti akan ditambah pada hari Khamis ini. Saya akan menghubungi puan pada hari Jumaat untuk memastikan semuanya sudah pulih.'),
        i('10d8h', 'Alhamdulillah, sejak malam tadi sudah laju semula. Terima kasih banyak, Cik Nadia.'),
        o('10d3h', 'NS', 'Sama-sama, Puan Nurul. Gembira mendengarnya!')),
      care(i('1h40m', '@acmecare malam tadi perlahan semula, 6 Mbps sahaja. Boleh tolong semak? Anak-anak ada kelas dalam talian malam ini.')),
    ],
  },
  {
    name: 'Ahmad Faizal', language: 'ms', email: 'ahmad.faizal@kelapagading.example', phone: '+60 12-555 0145', handle: 'faizal_kopi', basis: 'own signature', signature: 'Ahmad Faizal\nKedai Kopi Faizal\n012-555 0145', tags: 'business', stories: [
      callIn('18d4h', 264, 'answered', 'NS', 'promise', 'Talian kedai terputus dua kali seminggu. Janji juruteknik datang sebelum 5 Jun dan rebat 15 EUR untuk bulan Mei.'),
      mail('Rebat bulan Mei',
        i('9d4h', 'Cik Nadia,\n\nJuruteknik sudah datang dan talian kedai kini stabil. Cuma rebat 15 euro yang dijanjikan dalam panggilan tempoh hari belum nampak dalam bil.'),
        o('9d1h', 'NS', 'Encik Faizal,\n\nRebat itu diluluskan selepas bil Mei dicetak, jadi ia akan muncul dalam bil Jun. Saya lampirkan nombor kelulusan: K-5512.'),
        i('8d23h', 'Baik, saya faham. Terima kasih.'),
        o('8d22h', 'NS', 'Terima kasih, Encik Faizal. Semoga kedai maju!')),
    ],
  },
  {
    name: 'Siti Khadijah', language: 'ms', handle: 'sitikhadijahk', stories: [
      care(i('20d3h', '@acmecare macam mana nak tukar kata laluan WiFi? Saya tak jumpa dalam aplikasi.'), o('20d2h', 'NS', 'Hai Siti! Buka aplikasi, pilih Rumah, kemudian WiFi, dan tekan ikon pensel di sebelah nama rangkaian.'), i('20d1h', 'Dah jumpa, terima kasih 🙏'), o('20d1h', 'NS', 'Sama-sama!')),
    ],
  },
  {
    name: 'Tan Mei Ling', language: 'ms', email: 'meiling.tan@bungaraya.example', handle: 'meilingtan', basis: 'told us', phone: '+60 12-555 0167', stories: [
      dm(i('6d4h', 'Hai, saya nak pindah rumah bulan depan. Boleh bawa talian yang sama?'), o('6d3h', 'NS', 'Hai Mei Ling, boleh. Sila beri alamat baharu dan tarikh pindah, saya semak sama ada gentian sudah tersedia di sana.'), i('6d2h', 'No. 8, Jalan Cempaka 3, pada 12 Julai.'), o('6d1h', 'NS', 'Gentian sudah ada. Talian akan dipindahkan pada 12 Julai, tiada caj tambahan.'), i('4h45m', 'Maaf, tarikh berubah kepada 19 Julai sebab rumah belum siap dicat. Masih sempat ubah?')),
    ],
  },
  {
    name: 'Razali Ismail', language: 'ms', email: 'razali.ismail@permatang.example', phone: '+60 12-555 0189', basis: 'told us', tags: 'senior', stories: [
      callIn('23d5h', 415, 'answered', 'NS', 'solved', 'Pakcik Razali tidak dapat membuat panggilan video. Dibantu memasang semula aplikasi.'),
      mail('Bil tidak sampai',
        i('13d3h', 'Tuan/Puan,\n\nSaya tidak lagi menerima bil melalui pos. Saya tidak biasa melihat bil dalam telefon. Bolehkah bil dihantar seperti dahulu?\n\nRazali Ismail'),
        o('13d', 'NS', 'Encik Razali,\n\nBoleh. Mulai bulan ini bil akan dihantar melalui pos semula, tanpa caj. Maaf atas kesulitan.'),
        i('12d22h', 'Terima kasih, anakanda. Pakcik hargai.'),
        o('12d21h', 'NS', 'Sama-sama, Pakcik.')),
    ],
  },
  {
    name: 'Hafiz Zulkifli', language: 'ms', handle: 'hafizzul', stories: [
      care(i('32d3h', '@acmecare pakej 500 ada promosi tak bulan ni?'), o('32d2h', 'NS', 'Ada, Hafiz! Tiga bulan pertama separuh harga sehingga 31 Mei.'), i('32d1h', 'Terbaik. Nak daftar kat mana?'), o('32d', 'NS', 'Di aplikasi atau balas DM kami dengan alamat, kami uruskan.')),
    ],
  },
];
