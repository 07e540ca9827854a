namespace Azker.Core.Handling;

/// <summary>The registration of a handler.</summary>
/// <param name="Resolve">Gives the handler from the services of a scope.</param>
internal sealed record HandlerRegistration(Func<IServiceProvider, IBotHandler> Resolve)
{
    /// <summary>Whether its updates do not wait for earlier updates of the same key.</summary>
    public bool IsOutOfOrder { get; init; }

    /// <summary>Whether all its updates take long.</summary>
    public bool IsBackground { get; init; }

    /// <summary>Registers an instance.</summary>
    public static HandlerRegistration Of(IBotHandler handler) => new(_ => handler);
}
