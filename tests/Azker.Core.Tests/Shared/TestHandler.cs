using Azker.Core.Handling;
using Azker.Core.Updates;

namespace Azker.Core.Tests.Shared;

internal sealed class TestHandler(Func<ReceivedUpdate, bool> accepts, Func<ReceivedUpdate, CancellationToken, Task> handle) : IBotHandler
{
    public TestHandler(bool accepts, Action handle)
        : this(_ => accepts, (_, _) => Completed(handle))
    {
    }

    public TestHandler(Func<CancellationToken, Task> handle)
        : this(_ => true, (_, token) => handle(token))
    {
    }

    public bool Accepts(ReceivedUpdate update) => accepts(update);

    public Task HandleAsync(ReceivedUpdate update, CancellationToken cancellationToken) => handle(update, cancellationToken);

    private static Task Completed(Action handle)
    {
        handle();
        return Task.CompletedTask;
    }
}
