using Azker.BotApi.Faults;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Azker.BotApi.Control;

/// <summary>The control routes of the faults.</summary>
internal static class FaultRoutes
{
    public static void Map(RouteGroupBuilder routes, FaultList faults)
    {
        routes.MapGet("", () => faults.All);
        routes.MapPost("", (JsonBody<SetFault> body) => new { Id = faults.Add(body.Value.ToFault()) });
        routes.MapDelete("", faults.Clear);
        routes.MapDelete("{id:int}", (int id) =>
        {
            if (!faults.Remove(id))
            {
                throw new ControlRefusal($"There is no fault {id}. GET /control/faults lists the faults.", StatusCodes.Status404NotFound);
            }
        });
    }

    internal sealed record SetFault(
        FaultKind Kind,
        string? Method = null,
        int? Port = null,
        long? Bot = null,
        long? Chat = null,
        int? Times = null,
        int? Status = null,
        int? RetryAfter = null,
        string? Text = null,
        double? DelaySeconds = null,
        long? MigrateTo = null)
    {
        public Fault ToFault()
        {
            var plain = new Fault(Kind) { Method = Method, Port = Port, Bot = Bot, Chat = Chat, Times = Times };
            FormattableString delay = $"member delay_seconds is {DelaySeconds}";
            return plain with
            {
                Status = Status ?? plain.Status,
                RetryAfter = RetryAfter ?? plain.RetryAfter,
                Text = Text,
                MigrateTo = MigrateTo ?? plain.MigrateTo,
                Delay = DelaySeconds is { } seconds ? ControlQuery.Duration(seconds, FormattableString.Invariant(delay)) : plain.Delay,
            };
        }
    }
}
