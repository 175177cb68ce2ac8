app_name = "charters"

urlpatterns = []
