import { callIn, callOut, care, dm, i, mail, main, o, type Person } from './types.ts';

export const portuguese: Person[] = [
  {
    name: 'Luciana Prado', language: 'pt', email: 'luciana.prado@jacarandanet.example', phone: '+55 11 95555-0123', handle: 'luprado', basis: 'told us', tags: 'fatura', stories: [
      mail('Cobrança em dobro em maio',
        i('21d5h', 'Olá,\n\nfui cobrada duas vezes em maio: dia 5 e dia 7, o mesmo valor, 44,90. Segue a fatura. Podem estornar uma delas?\n\nObrigada,\nLuciana Prado', { attach: ['invoice.txt'] }),
        o('21d2h', 'LM', 'Olá, Luciana,\n\nvocê tem razão: o débito automático foi enviado duas vezes por uma falha do banco. O estorno de 44,90 já foi pedido e cai na sua conta em até cinco dias úteis.'),
        i('15d6h', 'Caiu hoje. Muito obrigada pela rapidez, Lina!'),
        o('15d3h', 'LM', 'Que bom, Luciana. Tenha uma ótima semana!')),
      care(i('3h5m', '@acmecare a fatura de junho veio em dobro DE NOVO. Já tinha acontecido em maio. Dá para resolver de vez?')),
    ],
  },
  {
    name: 'Thiago Meireles', language: 'pt', handle: 'thiagomeireles', email: 'thiago@meirelesarq.example', basis: 'own signature', signature: 'Thiago Meireles\nMeireles Arquitetura · @thiagomeireles', tags: 'business', phone: '+55 21 95555-0187', stories: [
      dm(
        i('17d5h', 'Boa tarde! Preciso subir o plano do escritório para 1 Gbit antes do dia 10. É possível?'),
        o('17d4h', 'LM', 'Boa tarde, Thiago! É possível, sim. A troca é feita daqui, sem visita técnica. O valor passa para 79,90 por mês. Posso confirmar?'),
        i('17d3h', 'Pode confirmar, por favor.'),
        o('17d2h', 'LM', 'Feito. A mudança entra no dia 5, às 6h da manhã, com dois minutos de pausa.'),
        i('9d22h', 'Tudo perfeito por aqui, 940 mega no cabo. Obrigado!'),
        o('9d20h', 'LM', 'Excelente! Bons projetos!')),
      mail('Instalação na obra da Rua das Acácias',
        i('20h', 'Bom dia, Lina,\n\nvamos abrir um escritório de obra na Rua das Acácias, 210, de agosto a dezembro. Não há fibra no prédio. Vocês têm alguma solução móvel para cinco pessoas, com telefone? Se possível, gostaria de uma proposta até quarta-feira, porque o cliente decide na quinta.\n\nAbraço,', { html: true }),
        o('2h20m', 'LM', 'Bom dia, Thiago,\n\ntemos: a caixa 5G para empresas, 49 EUR por mês, com telefone e sem fidelidade, serve bem até oito pessoas. A proposta formal segue ainda hoje, bem antes de quarta-feira.')),
    ],
  },
  {
    name: 'Dona Celeste Amaral', language: 'pt', email: 'celeste.amaral@varandas.example', phone: '+351 912 000 123', basis: 'told us', tags: 'senior', stories: [
      callIn('35d3h', 520, 'answered', 'LM', 'solved', 'A televisão ficou sem som depois da trovoada. Resolvido com ela ao telefone, passo a passo.'),
      callIn('6d2h', 210, 'answered', 'LM', 'promise', 'Vai mudar para casa da filha em julho. Prometi enviar por correio um resumo do que precisa de fazer, em letra grande, até sexta-feira.'),
      mail('A carta ainda não chegou',
        i('2d23h', 'Minha querida Lina,\n\ndisse-me que a carta com as letras grandes chegava até sexta-feira. Já fui três vezes à caixa do correio. O carteiro até se ri de mim.\n\nUm abraço,\nCeleste Amaral')),
    ],
  },
  {
    name: 'Bruno Sampaio', language: 'pt', handle: 'brunosampaio', stories: [
      care(i('11d5h', '@acmecare o Zip aquece muito, dá para fritar um ovo em cima. É normal?'), o('11d4h', 'LM', 'Morno é normal, fritar ovo não é, Bruno. Ele está dentro de um armário?'), i('11d3h', 'Está atrás da TV, num nicho fechado.'), o('11d2h', 'LM', 'Então é isso: deixe 10 cm livres de cada lado. Se continuar quente, trocamos o aparelho.'), i('10d4h', 'Mudei de lugar e ficou normal, valeu!'), o('10d3h', 'LM', 'Valeu, Bruno! Bom apetite, mas no fogão.')),
    ],
  },
  {
    name: 'Fernanda Quintela', language: 'pt', email: 'fernanda.q@miradouro.example', handle: 'ferquintela', basis: 'consent', vip: 'Apresenta um programa de rádio sobre direitos do consumidor.', tags: 'press', stories: [
      main(i('29d4h', '@acme mudei de plano pelo site em quatro minutos, sem falar com ninguém. No meu programa só conto desgraças, mas esta vai entrar como exceção.'), o('29d2h', 'LM', 'Fernanda, guardamos o áudio se for ao ar! Obrigada.')),
      mail('Contrato em papel',
        i('5d3h', 'Boa tarde,\n\npreciso do meu contrato completo, com as condições de 2024, em PDF. No site só encontro as condições atuais.\n\nFernanda Quintela'),
        o('4d22h', 'LM', 'Boa tarde, Fernanda,\n\nas condições de 2024 foram pedidas ao arquivo, porque saíram do site em janeiro. Recebe-as até segunda-feira ao meio-dia.'),
        i('55m', 'Bom dia, Lina. É segunda-feira. Ainda estou à espera do documento; preciso dele para uma consulta às 15h.', { bare: true })),
    ],
  },
  {
    name: 'Caio Bittencourt', language: 'pt', handle: 'caiobitt', stories: [
      care(i('38d3h', '@acmecare vcs têm suporte em português mesmo ou é robô?'), o('38d2h', 'LM', 'Gente de verdade, Caio. Lina, prazer. O que houve?'), i('38d1h', 'haha nada, só testando. prazer, Lina'), o('38d1h', 'LM', 'Teste aprovado, então!')),
      dm(i('13d5h', 'oi Lina, agora é sério: perdi a senha do app e o e-mail antigo não existe mais'), o('13d4h', 'LM', 'Oi, Caio! Para proteger sua conta, preciso confirmar dois dados: o número do contrato e o mês da primeira fatura.'), i('13d4h', 'contrato 40-77812, primeira fatura em março de 2023'), o('13d3h', 'LM', 'Confere. Qual é o novo e-mail?'), i('13d3h', 'caio.b@novacasa.example'), o('13d3h', 'LM', 'Pronto: o link para a senha nova já está lá. Vale por 30 minutos.')),
    ],
  },
  {
    name: 'Mariana Teles', language: 'pt', email: 'mariana.teles@ribeirinha.example', phone: '+351 912 000 145', basis: 'told us', stories: [
      callOut('16d2h', 133, 'answered', 'LM', 'appointment', 'Visita técnica marcada para 2 de junho, das 14h às 16h.'),
      mail('Técnico impecável',
        i('12d4h', 'Olá! Só para dizer que o técnico foi pontual, limpou tudo e ainda explicou o aparelho à minha mãe. Agradeçam-lhe da nossa parte.\n\nMariana'),
        o('12d2h', 'LM', 'Olá, Mariana! Já lhe lemos a mensagem. Ficou sem palavras, o que é raro nele.')),
    ],
  },
];
