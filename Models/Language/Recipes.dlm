namespace Dlm.Models.Language

/// BERT's pre-training (Devlin et al., 2018, appendix A.2): forty epochs over 3.3 billion words, in sequences of 512. Biases and the parameters of
/// norms do not decay, and gradients are clipped, as in the published code.
train BertOnBooks on BertPreTraining {
  optimizer adamw(beta2: 0.999, epsilon: 1e-6, decay: 0.01)
  group     "*.bias": decay 0
  group     "*.LayerNorm.*": decay 0
  group     "*"
  rate      linear(1e-4, warmup: 10_000 steps)
  steps     1_000_000
  batch     256
  clip      1.0
}

/// BERT tuned for a task (appendix A.3: of the rates 5e-5, 3e-5 and 2e-5 the one that does best in validation).
train BertOnSentences on BertFineTuning {
  optimizer adamw(epsilon: 1e-6, decay: 0.01)
  group     "*.bias": decay 0
  group     "*.LayerNorm.*": decay 0
  group     "*"
  rate      linear(2e-5, warmup: 0.1)
  epochs    3
  batch     32
  clip      1.0
}

/// ALBERT's pre-training (Lan et al., 2019, section 4.1): the base model's, in sequences of up to 512.
train AlbertOnBooks on AlbertPreTraining {
  optimizer lamb(decay: 0.01)
  group     "*.bias": decay 0
  group     "*LayerNorm.*": decay 0
  group     "*layer_norm.*": decay 0
  group     "*"
  rate      linear(1.76e-3, warmup: 3_125 steps)
  steps     125_000
  batch     4096
  clip      1.0
}

/// ALBERT tuned for the Stanford sentiment treebank (table 14).
train AlbertOnSentences on AlbertFineTuning {
  optimizer adamw(epsilon: 1e-6, decay: 0.01)
  group     "*.bias": decay 0
  group     "*LayerNorm.*": decay 0
  group     "*layer_norm.*": decay 0
  group     "*"
  rate      linear(1e-5, warmup: 1_256 steps)
  steps     20_935
  batch     32
  clip      1.0
}

/// RoBERTa's pre-training (Liu et al., 2019, section 3.1 and table 9): larger batches, and a second moment that forgets sooner.
train RobertaOnBooks on RobertaPreTraining {
  optimizer adamw(beta2: 0.98, epsilon: 1e-6, decay: 0.01)
  group     "*.bias": decay 0
  group     "*LayerNorm.*": decay 0
  group     "*layer_norm.*": decay 0
  group     "*"
  rate      linear(6e-4, warmup: 24_000 steps)
  steps     500_000
  batch     8192
}

/// RoBERTa tuned for a task (table 10: of the rates 1e-5, 2e-5 and 3e-5 the one that does best in validation).
train RobertaOnSentences on RobertaFineTuning {
  optimizer adamw(beta2: 0.98, epsilon: 1e-6, decay: 0.1)
  group     "*.bias": decay 0
  group     "*LayerNorm.*": decay 0
  group     "*"
  rate      linear(2e-5, warmup: 0.06)
  epochs    10
  batch     32
}

/// A hierarchical attention network on reviews (Yang et al., 2016, section 3.3). The paper takes the rate that does best in validation and does not say which.
train DocumentsOnReviews on DocumentClassification {
  optimizer sgd(momentum: 0.9)
  rate      plateau(0.1)
  batch     64
  epochs    10
}

/// GPT on books (Radford et al., 2018, section 4.1). The paper on GPT-2 does not say how that was trained.
train GptOnBooks on GptLanguageModelling {
  optimizer adamw(decay: 0.01)
  group     "net.*.bias": decay 0
  group     "net.*ln_*": decay 0
  group     "*"
  rate      cosine(2.5e-4, warmup: 2000 steps)
  batch     64
  epochs    100
}

/// GPT-2's smallest as it is usually reproduced on the text of web pages: half a million tokens a step.
train Gpt2OnWebText on Gpt2LanguageModelling {
  optimizer  adamw(beta2: 0.95, decay: 0.1)
  group      "net.*.bias": decay 0
  group      "net.*ln_*": decay 0
  group      "*"
  rate       cosine(6e-4, warmup: 2000 steps, floor: 0.1)
  batch      12
  accumulate 40
  steps      600_000
  clip       1.0
  precision  bfloat16
}

/// Zaremba's small network on the Penn treebank (Zaremba et al., 2014, section 4.1), in windows of 20 words. The paper adds up the loss of 20 words
/// where the mean is taken here: hence a rate of 20 for its 1, and a norm of 0.25 for its 5.
train LstmOnTreebank on LstmWordByWord(SmallLstmLanguageModel) {
  optimizer sgd
  rate      20 * 4, 10 * 1, 5 * 1, 2.5 * 1, 1.25 * 1, 0.625 * 1, 0.3125 * 1, 0.15625 * 1, 0.078125 * 1, 0.0390625 * 1
  batch     20
  clip      0.25
}

/// The base translator on WMT 2014 English-German (Vaswani et al., 2017, section 5): batches of about 25,000 words, which are some 900 sentences.
train TransformerBase on TransformerTranslation {
  optimizer adam(beta1: 0.9, beta2: 0.98, epsilon: 1e-9)
  rate      noam(width: 512, warmup: 4_000 steps)
  batch     900
  steps     100_000
}

/// Sequence to sequence on WMT 2014 English-French (Sutskever et al., 2014, section 3.4): seven and a half times through 12 million sentences.
train Seq2SeqOnWmt on Seq2SeqTranslation {
  optimizer sgd
  rate      step(0.7, every: 0.5 epochs, first: 5 epochs, factor: 0.5)
  steps     703_125
  batch     128
  clip      5
}

/// RNNsearch on WMT 2014 English-French (Bahdanau et al., 2014, appendix B).
train BahdanauOnWmt on BahdanauTranslation {
  optimizer adadelta(epsilon: 1e-6, rho: 0.95)
  batch     80
  epochs    5
  clip      1
}

/// Attention on WMT 2014 English-German (Luong et al., 2015, section 4.1).
train LuongOnWmt on LuongGlobalTranslation {
  optimizer sgd
  rate      step(1.0, every: 1 epoch, first: 5 epochs, factor: 0.5)
  epochs    10
  batch     128
  clip      5
}
