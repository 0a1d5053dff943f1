namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        // Dropout.
        public static partial class functional
        {
            public static Tensor alpha_dropout(Tensor input, double p = 0.5, bool training = false, bool inplace = false) =>
                Drop(Aten.alpha_dropout, Aten.alpha_dropout_, input, p, training, inplace);
            public static Tensor dropout(Tensor input, double p = 0.5, bool training = true, bool inplace = false) =>
                Drop(Aten.dropout, Aten.dropout_, input, p, training, inplace);
            public static Tensor dropout1d(Tensor input, double p = 0.5, bool training = true, bool inplace = false) =>
                Drop(Aten.feature_dropout, Aten.feature_dropout_, input, p, training, inplace);
            public static Tensor dropout2d(Tensor input, double p = 0.5, bool training = true, bool inplace = false) =>
                Drop(Aten.feature_dropout, Aten.feature_dropout_, input, p, training, inplace);
            public static Tensor dropout3d(Tensor input, double p = 0.5, bool training = true, bool inplace = false) =>
                Drop(Aten.feature_dropout, Aten.feature_dropout_, input, p, training, inplace);
            public static Tensor feature_alpha_dropout(Tensor input, double p = 0.5, bool training = false, bool inplace = false) =>
                Drop(Aten.feature_alpha_dropout, Aten.feature_alpha_dropout_, input, p, training, inplace);

            private static Tensor Drop(Op op, Op inPlace, Tensor input, double p, bool training, bool inplace) =>
                inplace ? inPlace.InPlace(input, p, training).alias() : op.Call(input, p, training);
        }
    }
}
