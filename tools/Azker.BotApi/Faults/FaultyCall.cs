using Azker.BotApi.Hosting;
using Azker.BotApi.Requests;
using Microsoft.AspNetCore.Http;

namespace Azker.BotApi.Faults;

/// <summary>Answers a call, or applies the fault of the call.</summary>
internal sealed class FaultyCall(Fault? fault, HttpContext context, TimeProvider time)
{
    public Task AnswerAsync(Func<Task<ApiAnswer>> call) => fault?.Kind switch
    {
        FaultKind.Reset => Abort(),
        FaultKind.Hang => Task.Delay(Timeout.InfiniteTimeSpan, time, context.RequestAborted),
        FaultKind.Html => WriteHtmlAsync(fault.Status),
        FaultKind.TooManyRequests => AnswerWriter.WriteAsync(context, ApiAnswer.TooManyRequests(fault.RetryAfter)),
        FaultKind.Conflict => AnswerWriter.WriteAsync(context, ApiAnswer.Fail(409, fault.Description)),
        FaultKind.Error => AnswerWriter.WriteAsync(context, ApiAnswer.Fail(fault.Status, fault.Description)),
        FaultKind.ChatMigrated => AnswerWriter.WriteAsync(context, ApiAnswer.Migrated(fault.MigrateTo)),
        _ => AnswerAsync(call()),
    };

    private async Task AnswerAsync(Task<ApiAnswer> call)
    {
        ApiAnswer answer = await call.WaitAsync(context.RequestAborted);
        ReadOnlyMemory<byte> half = answer.Json.AsMemory(0, answer.Json.Length / 2);
        switch (fault?.Kind)
        {
            case FaultKind.Delay:
                await Task.Delay(fault.Delay, time, context.RequestAborted);
                break;
            case FaultKind.Truncated:
                answer = answer with { Json = half.ToArray() };
                break;
            case FaultKind.NoAnswer:
                await Abort();
                return;
            case FaultKind.ResetMidResponse:
                AnswerWriter.Begin(context, answer);
                await context.Response.Body.WriteAsync(half);
                await context.Response.Body.FlushAsync();
                await Abort();
                return;
        }

        await AnswerWriter.WriteAsync(context, answer);
    }

    private Task Abort()
    {
        context.Abort();
        return Task.CompletedTask;
    }

    private Task WriteHtmlAsync(int status)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/html";
        return context.Response.WriteAsync($"<html><head><title>{status}</title></head><body><h1>{status}</h1><hr>nginx</body></html>");
    }
}
