namespace Dlm.Models.Language

/// A language model of stacked LSTMs (Graves, 2013, section 2; Zaremba et al., 2014, section 3): dropout is on what flows up from layer to layer,
/// never on what flows on from word to word. The state, of each layer, may flow in from what was read before, and flows out; without it a text begins.
/// The defaults are Zaremba's medium network.
model LstmLanguageModel(vocab: int = 10_000, hidden: int = 650, layers: int = 2, dropout: float = 0.5)
    : (input: int[B, T], h: [layers, B, hidden]?, c: [layers, B, hidden]?)
    -> (logits: [B, T, vocab], last_h: [layers, B, hidden], last_c: [layers, B, hidden]) {
  x = input -> embed: embedding(vocab, hidden) -> dropout(dropout)
  (y, last_h, last_c) = (x, h, c) -> lstm: lstm(hidden, layers: layers, dropout: dropout, states: true)
  (y -> dropout(dropout) -> head: linear(vocab), last_h, last_c)
  init { "*": uniform(-0.05, 0.05) }
  expect parameters 19_780_400
}

/// Zaremba's small network (section 4.1).
model SmallLstmLanguageModel = LstmLanguageModel(hidden: 200, dropout: 0)  expect parameters 4_653_200

/// The same of gated recurrent units (Cho et al., 2014), whose state has one part.
model GruLanguageModel(vocab: int = 10_000, hidden: int = 650, layers: int = 2, dropout: float = 0.5)
    : (input: int[B, T], h: [layers, B, hidden]?) -> (logits: [B, T, vocab], last_h: [layers, B, hidden]) {
  x = input -> embed: embedding(vocab, hidden) -> dropout(dropout)
  (y, last_h) = (x, h) -> gru: gru(hidden, layers: layers, dropout: dropout, states: true)
  (y -> dropout(dropout) -> head: linear(vocab), last_h)
  init { "*": uniform(-0.05, 0.05) }
  expect parameters 18_087_800
}
