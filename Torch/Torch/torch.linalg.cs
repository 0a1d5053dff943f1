namespace TorchSharp;

public static partial class torch
{
    /// <summary>Norms, decompositions and equations.</summary>
    public static class linalg
    {
        private static readonly long[] LastTwo = [-2, -1];

        public static Tensor cholesky(Tensor input) => Aten.linalg_cholesky.Call(input);
        public static Tensor cond(Tensor input) => Aten.linalg_cond.Call(input);
        public static Tensor cond(Tensor input, double p) => Aten.linalg_cond.Call(input, p);
        public static Tensor cond(Tensor input, string p) => Aten.linalg_cond_p_str.Call(input, p);
        public static Tensor cross(Tensor input, Tensor other, long dim = -1) => Aten.linalg_cross.Call(input, other, dim);
        public static Tensor det(Tensor input) => Aten.linalg_det.Call(input);
        public static Tensor diagonal(Tensor input, int offset = 0, int dim1 = -2, int dim2 = -1) =>
            Aten.linalg_diagonal.Call(input, offset, dim1, dim2);
        public static Tensor eigvals(Tensor input) => Aten.linalg_eigvals.Call(input);
        public static Tensor eigvalsh(Tensor input, char UPLO = 'L') => Aten.linalg_eigvalsh.Call(input, UPLO.ToString());
        public static Tensor inv(Tensor input) => Aten.linalg_inv.Call(input);
        public static Tensor matrix_exp(Tensor input) => Aten.linalg_matrix_exp.Call(input);
        public static Tensor matrix_norm(Tensor input, double ord, long[]? dims = null, bool keepdim = false) =>
            Aten.linalg_matrix_norm.Call(input, ord, dims ?? LastTwo, keepdim);
        public static Tensor matrix_norm(Tensor input, string ord = "fro", long[]? dims = null, bool keepdim = false) =>
            Aten.linalg_matrix_norm_str_ord.Call(input, ord, dims ?? LastTwo, keepdim);
        public static Tensor matrix_rank(Tensor input, double? atol = null, double? rtol = null, bool hermitian = false) =>
            Aten.linalg_matrix_rank_atol_rtol_float.Call(input, atol, rtol, hermitian);
        public static Tensor matrix_rank(Tensor input, Tensor atol, Tensor? rtol = null, bool hermitian = false) =>
            Aten.linalg_matrix_rank_atol_rtol_tensor.Call(input, atol, rtol, hermitian);
        public static Tensor multi_dot(IList<Tensor> tensors) => Aten.linalg_multi_dot.Call(tensors.ToArray());
        public static Tensor norm(Tensor input, double ord, long[]? dims = null, bool keepdim = false) =>
            Aten.linalg_norm.Call(input, ord, dims, keepdim);
        public static Tensor norm(Tensor input, int ord, long[]? dims = null, bool keepdim = false) =>
            Aten.linalg_norm.Call(input, (double)ord, dims, keepdim);
        public static Tensor norm(Tensor input, long[]? dims = null, bool keepdim = false) =>
            Aten.linalg_norm.Call(input, default, dims, keepdim);
        public static Tensor norm(Tensor input, string ord, long[]? dims = null, bool keepdim = false) =>
            Aten.linalg_norm_ord_str.Call(input, ord, dims, keepdim);
        public static Tensor pinv(Tensor input, double? atol = null, double? rtol = null, bool hermitian = false) =>
            Aten.linalg_pinv_atol_rtol_float.Call(input, atol, rtol, hermitian);
        public static Tensor pinv(Tensor input, Tensor atol, Tensor? rtol = null, bool hermitian = false) =>
            Aten.linalg_pinv_atol_rtol_tensor.Call(input, atol, rtol, hermitian);
        public static Tensor solve(Tensor A, Tensor B, bool left = true) => Aten.linalg_solve.Call(A, B, left);
        public static Tensor svdvals(Tensor input) => Aten.linalg_svdvals.Call(input);
        public static Tensor vector_norm(Tensor input, double ord = 2, long[]? dims = null, bool keepdim = false) =>
            Aten.linalg_vector_norm.Call(input, ord, dims, keepdim);
        public static (Tensor, Tensor, Tensor) svd(Tensor input, bool fullMatrices = true) => Aten.linalg_svd.Call3(input, fullMatrices);
        public static (Tensor, Tensor) eig(Tensor input) => Aten.linalg_eig.Call2(input);
        public static (Tensor, Tensor) eigh(Tensor input, char UPLO = 'L') => Aten.linalg_eigh.Call2(input, UPLO.ToString());
        public static (Tensor, Tensor) slogdet(Tensor input) => Aten.linalg_slogdet.Call2(input);
    }
}
