namespace Azker.Core.Handling;

/// <summary>
/// Where the reply of one update is put. Its two parties are the handler, which may come late, and the receiver, which
/// closes it when it answers.
/// </summary>
internal sealed class ReplySlot
{
    private readonly Lock _gate = new();
    private byte[]? _body;
    private bool _isClosed;

    public bool IsOpen
    {
        get
        {
            lock (_gate)
            {
                return !_isClosed && _body is null;
            }
        }
    }

    public bool TryPut(byte[] body)
    {
        lock (_gate)
        {
            if (_isClosed || _body is not null)
            {
                return false;
            }

            _body = body;
            return true;
        }
    }

    /// <returns>What was put, or nothing.</returns>
    public ReadOnlyMemory<byte> Close()
    {
        lock (_gate)
        {
            _isClosed = true;
            return _body;
        }
    }
}
