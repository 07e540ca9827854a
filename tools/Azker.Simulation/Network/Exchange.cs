using System.Net.Sockets;
using Azker.Simulation.Scheduling;

namespace Azker.Simulation.Network;

/// <summary>A request of a process, and its answer.</summary>
/// <remarks>
/// An exchange ends in the caller's process but outside of its context, so that the client library's own continuations run at
/// once, on the simulation's thread.
/// </remarks>
internal sealed class Exchange<T>(ProcessThread caller, Line line)
{
    private readonly TaskCompletionSource<T> _end = new();
    private readonly World _world = caller.World;
    private CancellationTokenRegistration _registration;

    public ProcessThread Caller => caller;

    /// <summary>Whether the server has sent its answer, which may still be on its way.</summary>
    public bool IsAnswered { get; private set; }

    /// <summary>Whether the caller no longer waits.</summary>
    public bool IsAbandoned { get; private set; }

    /// <summary>Whether the server has not answered yet, and the caller waits for the answer.</summary>
    public bool IsLive => !IsAnswered && !IsAbandoned && !caller.IsDead;

    public Task<T> SendAsync(Action<Exchange<T>> serve, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return Task.FromCanceled<T>(cancellationToken);
        }

        if (line.Request(out bool isRefused) is { } delay)
        {
            _ = isRefused
                ? _world.After(delay, () => _end.TrySetException(Refusal()), caller)
                : _world.After(delay, () => serve(this));
        }

        _registration = cancellationToken.UnsafeRegister(
            static (state, token) => ((Exchange<T>)state!).Abandon(token), this);
        return _end.Task;
    }

    public void Answer(T result) => Reply(() => _end.TrySetResult(result));

    public void Fail(Exception error) => Reply(() => _end.TrySetException(error));

    private static HttpRequestException Refusal() =>
        new(HttpRequestError.ConnectionError, "Connection refused", new SocketException((int)SocketError.ConnectionRefused));

    private void Reply(Action end)
    {
        if (IsAnswered)
        {
            return;
        }

        IsAnswered = true;
        if (line.Reply() is { } delay)
        {
            _world.After(
                delay,
                () =>
                {
                    _registration.Dispose();
                    end();
                },
                caller);
        }
    }

    private void Abandon(CancellationToken cancellationToken)
    {
        IsAbandoned = true;
        _world.After(TimeSpan.Zero, () => _end.TrySetCanceled(cancellationToken), caller);
    }
}
