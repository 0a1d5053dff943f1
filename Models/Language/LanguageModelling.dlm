namespace Dlm.Models.Language

/// Cross-entropy over all places, in nats a token: e to the power of it is the perplexity, 1.4427 times it are bits. A target of -100 is none.
fn word_loss(logits, target) = cross_entropy(rearrange(logits, "b t v -> (b t) v"), rearrange(target, "b t -> (b t)"))

/// The share of the targets that are the likeliest.
fn word_accuracy(logits, target) =
    sum(cast(argmax(logits, dim: -1) == target, "float")) / sum(cast(target >= 0, "float"))

/// Language modelling: each token says which comes next (Radford et al., 2018, equation 1).
objective WordByWord(net: model) : (input: int[B, T], target: int[B, T]) {
  logits = net(input)
  minimize net: word_loss(logits, target)
  metric accuracy = word_accuracy(logits, target)
}

objective GptLanguageModelling = WordByWord(Gpt)

objective Gpt2LanguageModelling = WordByWord(Gpt2)

/// The same for networks of LSTMs; each window begins without a state.
objective LstmWordByWord(net: model) : (input: int[B, T], target: int[B, T]) {
  (logits, _h, _c) = net(input)
  minimize net: word_loss(logits, target)
  metric accuracy = word_accuracy(logits, target)
}

objective LstmLanguageModelling = LstmWordByWord(LstmLanguageModel)

/// And for one of gated recurrent units.
objective GruLanguageModelling(net: GruLanguageModel) : (input: int[B, T], target: int[B, T]) {
  (logits, _h) = net(input)
  minimize net: word_loss(logits, target)
  metric accuracy = word_accuracy(logits, target)
}
