namespace TorchSharp;

public static partial class torch
{
    // Splits by row, column and depth; and other shapes.
    public partial class Tensor
    {
        public Tensor[] dsplit(long size) => Aten.dsplit_int.CallList(this, size);
        public Tensor[] dsplit(Tensor indices) => dsplit(indices.data<long>().ToArray());
        public Tensor[] dsplit((long, long, long, long) indices_or_sections) =>
            dsplit([indices_or_sections.Item1, indices_or_sections.Item2, indices_or_sections.Item3, indices_or_sections.Item4]);
        public Tensor[] dsplit((long, long, long) indices_or_sections) =>
            dsplit([indices_or_sections.Item1, indices_or_sections.Item2, indices_or_sections.Item3]);
        public Tensor[] dsplit((long, long) indices_or_sections) => dsplit([indices_or_sections.Item1, indices_or_sections.Item2]);
        public Tensor[] dsplit(params long[] sizes) => Aten.dsplit_array.CallList(this, sizes);
        public Tensor[] hsplit(long size) => Aten.hsplit_int.CallList(this, size);
        public Tensor[] hsplit(Tensor indices) => hsplit(indices.data<long>().ToArray());
        public Tensor[] hsplit(params long[] sizes) => Aten.hsplit_array.CallList(this, sizes);
        public Tensor[] vsplit(long size) => Aten.vsplit_int.CallList(this, size);
        public Tensor[] vsplit(Tensor indices) => vsplit(indices.data<long>().ToArray());
        public Tensor[] vsplit(params long[] sizes) => Aten.vsplit_array.CallList(this, sizes);
        public Tensor channel_shuffle(long groups) => Aten.channel_shuffle.Call(this, groups);
    }
}
