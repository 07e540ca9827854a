using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;

namespace Azker.AspNetCore.Dashboard;

/// <summary>Writes the answers of the dashboard.</summary>
internal static class DashboardAnswer
{
    public static Task TextAsync(HttpResponse response, int status, string text)
    {
        response.StatusCode = status;
        return Answer.WriteAsync(response, "text/plain; charset=utf-8", Encoding.UTF8.GetBytes(text));
    }

    public static Task JsonAsync<T>(HttpResponse response, T value, JsonTypeInfo<T> type) =>
        Answer.JsonAsync(response, JsonSerializer.SerializeToUtf8Bytes(value, type));
}
