namespace Dlm.Models.Embedding

/// Skip-gram on news (Mikolov et al., 2013a, section 4.3): three epochs, the rate falls from 0.025 to nothing. The original steps at each word; here the
/// mean over 64 is taken, hence 64 times that rate.
train SkipGramOnNews on SkipGramSampling {
  optimizer sgd
  rate      linear(1.6)
  batch     64
  epochs    3
}

train CbowOnNews on CbowSampling {
  optimizer sgd
  rate      linear(3.2)
  batch     64
  epochs    3
}

/// With hierarchical softmax.
train SkipGramHierarchyOnNews on SkipGramHierarchy {
  optimizer sgd
  rate      linear(1.6)
  batch     64
  epochs    3
}
