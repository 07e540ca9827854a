namespace Azker.Core.Handling;

/// <summary>The registration of a handler.</summary>
/// <param name="Resolve">Gives the handler from the services of a scope.</param>
internal sealed record HandlerRegistration(Func<IServiceProvider, IBotHandler> Resolve)
{
    /// <summary>Registers an instance.</summary>
    public static HandlerRegistration Of(IBotHandler handler) => new(_ => handler);
}
