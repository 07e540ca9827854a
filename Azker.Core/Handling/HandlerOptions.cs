namespace Azker.Core.Handling;

/// <summary>The options of one handler, given when the handler is added.</summary>
public sealed class HandlerOptions
{
    internal bool IsOutOfOrder { get; private set; }

    internal bool IsBackground { get; private set; }

    /// <summary>
    /// Lets the handler run beside the other updates of the same chat or user, and not after them. A command such as <c>/cancel</c>
    /// then reaches a bot that is still busy with an earlier update of that chat (see <see cref="IRunningUpdates"/>).
    /// </summary>
    /// <returns>These options.</returns>
    public HandlerOptions OutOfOrder()
    {
        IsOutOfOrder = true;
        return this;
    }

    /// <summary>Says that the handler takes long, as <see cref="BackgroundAttribute"/> does.</summary>
    /// <returns>These options.</returns>
    public HandlerOptions Background()
    {
        IsBackground = true;
        return this;
    }
}
