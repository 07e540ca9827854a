namespace Azker.Core.Tests.Webhook;

/// <summary>A body that arrives in pieces of a given size, as from a socket.</summary>
internal sealed class PiecesStream(byte[] content, int size) : ReadOnlyStream
{
    private int _position;

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        int count = Math.Min(Math.Min(size, buffer.Length), content.Length - _position);
        content.AsMemory(_position, count).CopyTo(buffer);
        _position += count;
        return ValueTask.FromResult(count);
    }
}

/// <summary>A body that never ends and never pauses.</summary>
internal sealed class EndlessStream : ReadOnlyStream
{
    public long BytesRead { get; private set; }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        BytesRead += buffer.Length;
        return ValueTask.FromResult(buffer.Length);
    }
}

/// <summary>A body of which no more bytes arrive.</summary>
internal sealed class StalledStream : ReadOnlyStream
{
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
        return 0;
    }
}

/// <summary>A body that must not be read.</summary>
internal sealed class ForbiddenStream : ReadOnlyStream
{
    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken) =>
        throw new InvalidOperationException("The body was read.");
}

internal abstract class ReadOnlyStream : Stream
{
    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
