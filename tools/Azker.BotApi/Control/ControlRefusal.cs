using Microsoft.AspNetCore.Http;

namespace Azker.BotApi.Control;

/// <summary>A control call that is wrong. <see cref="ControlErrors"/> answers it with the status and the message.</summary>
internal sealed class ControlRefusal(string message, int status = StatusCodes.Status400BadRequest) : Exception(message)
{
    public int Status => status;
}
