using System.Reflection;
using Azker.Core.Updates;
using Microsoft.Extensions.DependencyInjection;
using Telegram.Bot.Types;

namespace Azker.Core.Handling;

/// <summary>A handler whose code is a delegate, with parameters from the update and from the services of the update's scope.</summary>
internal sealed class DelegateHandler(Func<ReceivedUpdate, bool> accepts, Delegate handler, IServiceProvider services) : IBotHandler
{
    public bool Accepts(ReceivedUpdate update) => accepts(update);

    public async Task HandleAsync(ReceivedUpdate update, CancellationToken cancellationToken)
    {
        object?[] arguments = [.. handler.Method.GetParameters().Select(parameter => Resolve(parameter, update, cancellationToken))];
        object? result = handler.Method.Invoke(handler.Target, BindingFlags.DoNotWrapExceptions, binder: null, arguments, culture: null);
        await (result switch
        {
            Task task => task,
            ValueTask task => task.AsTask(),
            _ => Task.CompletedTask,
        });
    }

    /// <summary>Checks that Azker can call a delegate.</summary>
    /// <exception cref="ArgumentException">The delegate returns a value for which Azker does not wait.</exception>
    public static void Check(Delegate handler)
    {
        Type returned = handler.Method.ReturnType;
        if (returned != typeof(void) && returned != typeof(ValueTask) && !returned.IsAssignableTo(typeof(Task)))
        {
            throw new ArgumentException(
                $"The handler returns {returned.Name}, for which Azker does not wait. Return Task, ValueTask or nothing.", nameof(handler));
        }

        if (returned == typeof(void) && handler.Method.IsDefined(typeof(System.Runtime.CompilerServices.AsyncStateMachineAttribute)))
        {
            throw new ArgumentException("The handler is async and returns nothing, so Azker cannot wait for its end. Return Task.", nameof(handler));
        }
    }

    private object? Resolve(ParameterInfo parameter, ReceivedUpdate update, CancellationToken cancellationToken) => parameter.ParameterType switch
    {
        var type when type == typeof(ReceivedUpdate) => update,
        var type when type == typeof(Update) => update.Update,
        var type when type == typeof(CancellationToken) => cancellationToken,
        var type when type == typeof(IServiceProvider) => services,
        var type when parameter.GetCustomAttribute<FromKeyedServicesAttribute>() is { Key: { } key } => services.GetRequiredKeyedService(type, key),
        var type => services.GetRequiredService(type),
    };
}
