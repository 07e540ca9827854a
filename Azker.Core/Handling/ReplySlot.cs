namespace Azker.Core.Handling;

/// <summary>
/// Holds the reply of one update: the handler puts the reply, perhaps too late, and the receiver closes the slot when it
/// answers.
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

    /// <returns>The reply; empty when the handler has put none.</returns>
    public ReadOnlyMemory<byte> Close()
    {
        lock (_gate)
        {
            _isClosed = true;
            return _body;
        }
    }
}
