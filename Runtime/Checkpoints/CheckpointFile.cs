using System.Security.Cryptography;
using System.Text;
using Dlm.Runtime.Files;
using Dlm.Runtime.Weights.Formats;
using Dlm.Runtime.Weights.SafeTensors;
using static TorchSharp.torch;

namespace Dlm.Runtime.Checkpoints;

/// <summary>
/// One file for one checkpoint. It is a safetensors file, so every reader of that format opens it; the texts stand in its
/// metadata, among them the SHA-256 of the whole file, taken with zeros in the checksum's own place.
/// </summary>
public static class CheckpointFile
{
    private const string FormatKey = SafeTensorsHeader.CheckpointMark;
    private const string Format = "1";
    private const string ChecksumKey = "dlm/sha256";
    private const int Block = 1 << 20;
    private static readonly string NoChecksum = new('0', 2 * SHA256.HashSizeInBytes);

    /// <summary>Writes <paramref name="state"/> to <paramref name="path"/>, all or nothing; the folder is made where it is missing.</summary>
    /// <exception cref="CheckpointException">It cannot be written, as on a full disk; what was there before is untouched.</exception>
    public static void Write(string path, CheckpointState state)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(state);
        SafeTensorsHeader header = HeaderOf(state);
        byte[] headerBytes = header.ToBytes();
        AtomicFile.Write(path, file =>
        {
            using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            Append(headerBytes);
            foreach (SafeTensorsEntry entry in header.Entries) TensorForm.ForEachBlock(state.Tensors[entry.Name], block => Append(block));

            file.Position = ChecksumPosition(headerBytes, NoChecksum);
            file.Write(Encoding.ASCII.GetBytes(Convert.ToHexStringLower(hash.GetHashAndReset())));

            void Append(ReadOnlySpan<byte> bytes)
            {
                hash.AppendData(bytes);
                file.Write(bytes);
            }
        }, (problem, remedy, inner) => new CheckpointException(path, problem, remedy, inner));
    }

    /// <summary>Reads a checkpoint into the machine's own memory. No more is allocated than the file holds.</summary>
    /// <exception cref="CheckpointException">The file is missing, truncated, damaged, or no checkpoint.</exception>
    public static CheckpointState Read(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        try
        {
            using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.Read, Block);
            SafeTensorsHeader header = SafeTensorsHeader.Read(file, out byte[] headerBytes);
            if (!header.Texts.TryGetValue(ChecksumKey, out string? checksum) || !header.Texts.TryGetValue(FormatKey, out string? format))
            {
                throw new CheckpointException(path, "it is a safetensors file, but no checkpoint of a run", "Give a file that a Trainer wrote.");
            }

            if (format != Format) throw new CheckpointException(path, $"it is of format {format}, and this version reads format {Format}", "Read it with the version that wrote it.");
            int position = ChecksumPosition(headerBytes, checksum);
            if (position < 0) throw Damaged(path);
            Encoding.ASCII.GetBytes(NoChecksum, headerBytes.AsSpan(position));
            return ReadTensors(file, path, header, headerBytes, checksum);
        }
        catch (MalformedFileException e)
        {
            throw new CheckpointException(path, e.Message, e.Remedy ?? "Use another checkpoint.", e.InnerException);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CheckpointException(path, $"it cannot be read ({e.Message.TrimEnd('.')})", "Check the path and its permissions.", e);
        }
    }

    private static CheckpointState ReadTensors(FileStream file, string path, SafeTensorsHeader header, byte[] headerBytes, string checksum)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(headerBytes);
        CheckpointState state = new(path, header.Texts);
        try
        {
            foreach (SafeTensorsEntry entry in header.Entries)
            {
                using Tensor tensor = empty(entry.Shape, dtype: entry.Type);
                TensorForm.ForEachBlock(tensor, block =>
                {
                    file.ReadExactly(block);
                    hash.AppendData(block);
                });
                state.Add(entry.Name, tensor);
            }

            if (Convert.ToHexStringLower(hash.GetHashAndReset()) != checksum) throw Damaged(path);
            return state;
        }
        catch
        {
            state.Dispose();
            throw;
        }
    }

    private static SafeTensorsHeader HeaderOf(CheckpointState state)
    {
        SortedDictionary<string, string> texts = new(StringComparer.Ordinal);
        foreach ((string key, string text) in state.Texts) texts[key] = text;
        texts[FormatKey] = Format;
        texts[ChecksumKey] = NoChecksum;
        return SafeTensorsWriter.Lay(state.Tensors, texts);
    }

    private static int ChecksumPosition(byte[] header, string checksum)
    {
        byte[] text = Encoding.UTF8.GetBytes($"\"{ChecksumKey}\":\"{checksum}\"");
        int at = header.AsSpan().IndexOf(text);
        return at < 0 || checksum.Length != NoChecksum.Length ? -1 : at + text.Length - 1 - checksum.Length;
    }

    private static CheckpointException Damaged(string path) =>
        new(path, "its content does not match its checksum: it is damaged", "Use another checkpoint.");
}
