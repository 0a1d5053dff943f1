namespace Dlm.Models.Memory

/// The copy task of a neural Turing machine (Graves et al., 2014, table 2 and section 4.6), a sequence a step, by the RMSProp of Graves (2013,
/// equations 38 to 41), whose 0.0001 stands below the root and so is 0.01 beside it.
train MachineOnCopying on Episode {
  optimizer  rmsprop(rate: 1e-4, alpha: 0.95, momentum: 0.9, centered: true, epsilon: 0.01)
  batch      1
  steps      1_000_000
  clip_value 10
}

/// The LSTM beside it (table 3).
train LstmOnCopying on EpisodeWithoutMemory {
  optimizer  rmsprop(rate: 3e-5, alpha: 0.95, momentum: 0.9, centered: true, epsilon: 0.01)
  batch      1
  steps      1_000_000
  clip_value 10
}

/// The parity of 64 numbers (Graves, 2016, section 3.1). Where sixteen threads step one network as they please in the paper, one does here.
train PonderOnParity on ParityInTime {
  optimizer adam(rate: 1e-4)
  batch     128
  steps     1_000_000
}
