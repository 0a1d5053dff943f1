namespace Dlm.Models.Generative

/// DCGAN on pictures of bedrooms (Radford et al., 2015, section 4.1).
train DcganOnBedrooms on DcganGame {
  optimizer adam(rate: 2e-4, beta1: 0.5)
  batch     128
  epochs    5
}
