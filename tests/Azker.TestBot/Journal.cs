using System.Text;

namespace Azker.TestBot;

/// <summary>
/// The file <c>journal</c> in the working directory, which records when handlers begin and end. A line is on disk before the handler
/// goes on, so a kill cannot take it back.
/// </summary>
internal sealed class Journal : IDisposable
{
    public const string FileName = "journal";

    private readonly Lock _gate = new();
    private readonly FileStream _file = new(FileName, FileMode.Append, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);

    public void Write(string what, long chatId, int updateId)
    {
        byte[] line = Encoding.UTF8.GetBytes(FormattableString.Invariant($"{what} {chatId} {updateId}\n"));
        lock (_gate)
        {
            _file.Write(line);
            _file.Flush(flushToDisk: true);
        }
    }

    public void Dispose() => _file.Dispose();
}
