using System.Reflection;
using Azker.Core.Updates;
using Microsoft.Extensions.DependencyInjection;

namespace Azker.Core.Handling;

/// <summary>The handlers of one bot, in the order of their registration.</summary>
/// <param name="scopes">Makes the scopes in which handlers run: those of the application's container.</param>
/// <param name="registrations">The handlers.</param>
internal sealed class BotHandlers(IServiceScopeFactory scopes, [FromKeyedServices("")] IEnumerable<HandlerRegistration> registrations) : IAsyncDisposable
{
    private readonly HandlerRegistration[] _registrations = [.. registrations];
    private readonly Lock _gate = new();
    private AsyncServiceScope? _scope;

    /// <summary>The instances whose <see cref="IBotHandler.Accepts"/> is asked, each at the place of its registration.</summary>
    private IBotHandler[]? _instances;

    private bool? _anyBackground;

    /// <summary>How many handlers there are.</summary>
    public int Count => _registrations.Length;

    /// <summary>Constructs every handler once, so that a handler that cannot be constructed fails now and not at an update.</summary>
    public void Prepare() => _ = Instances();

    /// <summary>Whether a handler runs beside the other updates of its key.</summary>
    public bool AnyOutOfOrder { get; } = registrations.Any(registration => registration.IsOutOfOrder);

    /// <summary>Whether a handler takes long for some of its updates, or for all.</summary>
    public bool AnyBackground => _anyBackground ??= Instances().Zip(_registrations).Any(handler => handler.Second.IsBackground || OverridesIsBackground(handler.First));

    /// <summary>Finds the handler of an update.</summary>
    /// <returns>The first handler that accepts the update; <see langword="null"/> when no handler does.</returns>
    public HandlerMatch? Find(ReceivedUpdate update)
    {
        IBotHandler[] instances = Instances();
        for (int index = 0; index < instances.Length; index++)
        {
            if (instances[index].Accepts(update))
            {
                return new HandlerMatch(_registrations[index], _registrations[index].IsBackground || instances[index].IsBackground(update));
            }
        }

        return null;
    }

    /// <summary>Makes the scope of one update.</summary>
    public AsyncServiceScope CreateScope() => scopes.CreateAsyncScope();

    public ValueTask DisposeAsync() => _scope is { } scope ? scope.DisposeAsync() : ValueTask.CompletedTask;

    private static bool OverridesIsBackground(IBotHandler handler)
    {
        InterfaceMapping map = handler.GetType().GetInterfaceMap(typeof(IBotHandler));
        return map.TargetMethods[Array.FindIndex(map.InterfaceMethods, method => method.Name == nameof(IBotHandler.IsBackground))].DeclaringType != typeof(IBotHandler);
    }

    private IBotHandler[] Instances()
    {
        if (Volatile.Read(ref _instances) is { } instances)
        {
            return instances;
        }

        lock (_gate)
        {
            _scope ??= scopes.CreateAsyncScope();
            return _instances ??= [.. _registrations.Select(registration => registration.Resolve(_scope.Value.ServiceProvider))];
        }
    }
}
