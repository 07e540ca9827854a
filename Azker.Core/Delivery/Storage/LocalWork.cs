namespace Azker.Core.Delivery.Storage;

/// <summary>A piece of work that waits for the local database.</summary>
internal abstract class LocalWork(bool isDurable)
{
    public bool IsDurable => isDurable;

    public abstract void Run(LocalConnection connection);

    /// <summary>The transaction of the work is committed.</summary>
    public abstract void Succeed();

    public abstract void Fail(Exception error);
}

/// <summary>A piece of work with a result.</summary>
internal sealed class LocalWork<T>(Func<LocalConnection, T> work, bool isDurable) : LocalWork(isDurable)
{
    private readonly TaskCompletionSource<T> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T _result = default!;

    public Task<T> Task => _completion.Task;

    public override void Run(LocalConnection connection) => _result = work(connection);

    public override void Succeed() => _completion.SetResult(_result);

    public override void Fail(Exception error) => _completion.SetException(error);
}
