using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Azker.BotApi.Control;

/// <summary>The control routes that close and open ports.</summary>
internal static class PortRoutes
{
    public static void Map(RouteGroupBuilder routes, BotApiServer server)
    {
        routes.MapPost("stop", (int port, HttpContext context) =>
        {
            server.CheckPort(port);
            TimeSpan? outage = ControlQuery.Duration(context.Request, "seconds");
            // This answer may leave through the port that closes, so the port closes after the answer.
            context.Response.OnCompleted(() =>
            {
                _ = Task.Run(() => server.StopListeningForAsync(port, outage));
                return Task.CompletedTask;
            });
        }).WithMetadata(new ControlQuery("seconds"));
        routes.MapPost("start", (int port, CancellationToken cancellationToken) => server.StartListeningAsync(port, cancellationToken));
    }
}
